//! What krilla found against the standard, in the user's words.

use krilla::configure::ValidationError;
use krilla::configure::validate::Validators;
use krilla::embed::EmbedError;
use krilla::error::KrillaError;
use krilla::surface::Location;

use super::Error;
use super::faces::Faces;

/// The mark that leads from krilla's report back to a block.
pub(super) fn location(block: Option<usize>) -> Option<Location> {
    Location::new(block? as u64 + 1)
}

/// Every violation as an error of its own; the block says where it is.
pub(super) fn errors(error: KrillaError, faces: &Faces<'_>) -> Vec<Error> {
    match error {
        KrillaError::Validation(violations) => {
            violations.into_iter().map(|found| violation(found, faces)).collect()
        }
        KrillaError::Font(font, _) => {
            vec![Error::new(format!("字体“{}”不能取子集嵌入，请换一个字体文件", faces.name(&font)))]
        }
        other => vec![Error::new(format!("内部错误：PDF 写不出来（{other}），请告诉开发者"))],
    }
}

fn violation((found, validators): (ValidationError, Validators), faces: &Faces<'_>) -> Error {
    use ValidationError as V;
    let block = place(&found);
    let message = match &found {
        V::ContainsNotDefGlyph(font, _, text) => {
            format!("字体“{}”里没有“{text}”的字形，请换字或换字体", faces.name(font))
        }
        V::UnicodePrivateArea(font, _, character, _) => format!(
            "U+{:04X} 是私用区字符，换一台机器就认不得，请改用正式字符（字体“{}”）",
            *character as u32,
            faces.name(font)
        ),
        V::InvalidCodepointMapping(_, _, character, _) => {
            format!("U+{:04X} 不是可以印的字符，请删去", *character as u32)
        }
        V::NoCodepointMapping(font, glyph, _) => format!(
            "字体“{}”的第 {} 号字形没有对应的文字，请换字体",
            faces.name(font),
            glyph.to_u32()
        ),
        V::RestrictedLicense(font) => {
            format!("字体“{}”的授权不许嵌入文件，请换一个字体", faces.name(font))
        }
        V::TooLongString => "有一段信息超过 32767 字节，请改短标题、主题词或附件说明".to_owned(),
        V::TooLongName => "颜色或字体的名称超过 127 字节，请在版式文件里改短".to_owned(),
        V::TooManyIndirectObjects => "文件太大，PDF 放不下，请分成几期".to_owned(),
        V::InconsistentSeparationFallback(_) => {
            "版式里有两种颜色用了同一个专色名，请改成不同的名称".to_owned()
        }
        V::NoDocumentTitle => "没有标题，请填写简报名称".to_owned(),
        V::EmbeddedFile(EmbedError::MissingMimeType, _) => {
            "附件没有写明文件类型（MIME）".to_owned()
        }
        V::EmbeddedFile(EmbedError::MissingDescription, _) => "附件没有说明文字".to_owned(),
        V::EmbeddedFile(_, _) => "这种 PDF 不许嵌入文件，请用 --profile archive".to_owned(),
        other => format!("内部错误：{other:?}"),
    };
    let standards: Vec<&str> = validators.into_iter().map(|standard| standard.as_str()).collect();
    Error { message: format!("{message}（{}）", standards.join("、")), block }
}

/// The block that a violation is in.
fn place(found: &ValidationError) -> Option<usize> {
    use ValidationError as V;
    let location = match found {
        V::ContainsNotDefGlyph(_, location, _)
        | V::NoCodepointMapping(_, _, location)
        | V::InvalidCodepointMapping(_, _, _, location)
        | V::UnicodePrivateArea(_, _, _, location) => *location,
        _ => None,
    };
    location.map(|location| location.get() as usize - 1)
}
