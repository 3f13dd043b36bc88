//! Fonts inside the document, for receivers who do not have them.

/// A font file to put into the document. Only for fonts whose licence allows it (the bundled
/// ones, under the OFL, do) and whose `fsType` permits editable embedding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddedFont {
    /// The family name, as the profile has it.
    pub name: String,
    /// Whether it is the family's bold.
    pub bold: bool,
    /// The font file.
    pub data: Vec<u8>,
    /// Whether it has only some of the font's characters.
    pub subset: bool,
}

/// The key that a font is obfuscated with (ECMA-376 part 4, §2.8.1): a GUID, here made from the
/// font itself, so that the same font always gives the same bytes.
pub(super) fn key(font: &EmbeddedFont) -> String {
    let digest = digest(font);
    let hex: String = digest.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("{{{}-{}-{}-{}-{}}}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The obfuscated file: the first 32 bytes are mixed with the key, last byte first.
pub(super) fn obfuscate(font: &EmbeddedFont) -> Vec<u8> {
    let digest = digest(font);
    let mut bytes = font.data.clone();
    for (index, byte) in bytes.iter_mut().take(32).enumerate() {
        *byte ^= digest[15 - index % 16];
    }
    bytes
}

/// 128 bits of the name and content (FNV-1a, twice). It only has to be stable.
fn digest(font: &EmbeddedFont) -> [u8; 16] {
    let mut digest = [0; 16];
    for (half, seed) in [(0, 0xcbf2_9ce4_8422_2325_u64), (8, 0x9ae1_6a3b_2f90_404f)] {
        let mut hash = seed ^ u64::from(font.bold);
        for &byte in font.name.as_bytes().iter().chain(font.data.iter().take(4096)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        digest[half..half + 8].copy_from_slice(&hash.to_be_bytes());
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_undoes_the_obfuscation() {
        let data: Vec<u8> = (0..100).collect();
        let name = "Noto Serif SC".into();
        let font = EmbeddedFont { name, bold: true, data: data.clone(), subset: false };
        let key = key(&font);
        let hex: String = key.chars().filter(char::is_ascii_hexdigit).collect();
        assert_eq!((key.len(), hex.len()), (38, 32));
        let guid: Vec<u8> =
            (0..16).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect();
        let mut bytes = obfuscate(&font);
        assert_ne!(bytes[..32], data[..32]);
        for i in 0..32 {
            bytes[i] ^= guid[15 - i % 16];
        }
        assert_eq!(bytes, data);
    }
}
