//! The text of a table as an office program writes it: UTF-8, GBK, UTF-16.

use crate::diagnostic::Code;
use encoding_rs::{Encoding, GB18030};

use crate::mail::Wrong;

/// Decodes a table. GB18030 reads GBK and GB2312 too; a text that is UTF-8 throughout is taken for
/// UTF-8, since GBK with Chinese in it never is by chance for long.
///
/// # Errors
/// Bytes that are no text.
pub fn decode(bytes: &[u8]) -> Result<String, Wrong> {
    let help = "在Excel里另存为“CSV UTF-8（逗号分隔）”";
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Wrong::new(Code::RecipientsEncoding, "这是Excel文件，不是CSV", help);
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Some(text.into()),
            Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        },
    };
    match text {
        Some(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => Wrong::new(Code::RecipientsEncoding, "认不出文字的编码", help),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_writes_is_read() {
        let utf16: Vec<u8> = "\u{feff}组\t邮箱".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in
            ["组,邮箱".as_bytes(), "\u{feff}组,邮箱".as_bytes(), b"\xd7\xe9,\xd3\xca\xcf\xe4"]
        {
            assert_eq!(decode(bytes).unwrap(), "组,邮箱");
        }
        assert_eq!(decode(&utf16).unwrap(), "组\t邮箱");
        // 镕 and 喆 are beyond GB 2312.
        let (bytes, _, _) = encoding_rs::GBK.encode("朱镕,王喆");
        assert_eq!(decode(&bytes).unwrap(), "朱镕,王喆");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"PK\x03\x04\x14"[..], b"a\x00b", b"\xff\xff\xff", b"\xc4"] {
            assert!(decode(bytes).unwrap_err().help.contains("Excel"), "{bytes:?}");
        }
    }
}
