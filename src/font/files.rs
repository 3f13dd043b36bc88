//! The user's fonts: which files there are, what they are, and whether they may be used.
//!
//! Of each file only the table directory, the names and the licence bits are read here: a folder
//! like `C:\Windows\Fonts` holds a gigabyte.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::FontError;
use super::face::{Face, Source};
use super::names::{self, Kind};
use super::sfnt::{self, FontName, Traits};
use crate::disk::{self, most};

/// A face of the user's, with what it is for.
pub(super) struct Found {
    pub kind: Kind,
    pub face: Face,
}

/// Folders below a given one that are searched.
const DEPTH: usize = 4;

/// The faces in files and folders: best names first, then in the order of the paths and, within a
/// folder, of the file names.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Found>, Vec<FontError>> {
    let mut errors = Vec::new();
    let mut found = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let (mut files, before) = (Vec::new(), errors.len());
                list(path, DEPTH, &mut files, &mut errors);
                if files.is_empty() && errors.len() == before {
                    let path = path.display();
                    let message = format!("字体文件夹“{path}”里没有 .ttf、.otf 或 .ttc 文件");
                    errors.push(error(message, "把字体文件放进这个文件夹，或改正路径"));
                }
                for file in files {
                    collect(&file, false, &mut found, &mut errors);
                }
            }
            Ok(_) => collect(path, true, &mut found, &mut errors),
            Err(cause) => errors.push(unreadable(path, &cause)),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    found.sort_by_key(|(rank, _)| *rank);
    Ok(found.into_iter().map(|(_, found)| found).collect())
}

fn error(message: String, help: &'static str) -> FontError {
    FontError { message, help }
}

fn unreadable(path: &Path, cause: &io::Error) -> FontError {
    let path = path.display();
    if let Some(refusal) = disk::refusal(cause) {
        let message = format!("“{path}”不能用作字体：{refusal}");
        return error(
            message,
            "改正 --font-path 或 hongtou.yaml 里“字体”的“路径”，或把它移出字体文件夹",
        );
    }
    match cause.kind() {
        io::ErrorKind::NotFound => error(
            format!("找不到字体文件或文件夹“{path}”"),
            "检查 --font-path，或 hongtou.yaml 里“字体”的“路径”",
        ),
        io::ErrorKind::PermissionDenied => {
            error(format!("没有读取字体“{path}”的权限"), "让有权限的人把它改为可读，或换一个文件")
        }
        _ => error(format!("读不了字体“{path}”（{cause}）"), "检查文件所在的磁盘，或重新复制一份"),
    }
}

/// Font files of a folder and the folders in it, in the order of their names.
fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>, errors: &mut Vec<FontError>) {
    let entries = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(cause) => return errors.push(unreadable(folder, &cause)),
    };
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if depth > 0 {
                list(&path, depth - 1, files, errors);
            }
        } else if is_font(&path) {
            files.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let known = |extension: &std::ffi::OsStr| {
        ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    };
    !hidden && path.extension().is_some_and(known)
}

fn collect(path: &Path, named: bool, found: &mut Vec<(usize, Found)>, errors: &mut Vec<FontError>) {
    let fonts = match read(path) {
        Ok(fonts) => fonts,
        Err(ReadError::Io(cause)) => return errors.push(unreadable(path, &cause)),
        Err(ReadError::Broken(what)) => {
            let path = path.display();
            return errors.push(error(
                format!("“{path}”不是可用的字体文件（{what}）"),
                "换一份完好的字体文件，或把它移出字体路径",
            ));
        }
    };
    for (index, font) in fonts.into_iter().enumerate() {
        let (kind, rank) = names::kind(&font.names, font.traits.bold, font.traits.italic);
        let name = display_name(&font.names, path);
        if let Some(ban) = ban(font.traits.fs_type) {
            // A font that nobody asked for, lying in a folder among others, is left where it is.
            if named || kind != Kind::Other {
                let path = path.display();
                errors.push(error(
                    format!("字体“{name}”（{path}）{ban}，不能用来生成 PDF"),
                    "请换用许可嵌入的字体，或向字体厂商取得许可嵌入的版本",
                ));
            }
            continue;
        }
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let face = Face::new(name, Source::File(path.to_owned()), index);
        found.push((rank, Found { kind, face }));
    }
}

/// Why a font must not be embedded and subset (`OS/2` fsType).
fn ban(fs_type: u16) -> Option<String> {
    let what = if fs_type & 0x000F == 0x0002 {
        "的许可标志禁止嵌入"
    } else if fs_type & 0x0100 != 0 {
        "的许可标志禁止只嵌入所用的字（取子集）"
    } else if fs_type & 0x0200 != 0 {
        "的许可标志只准嵌入点阵，禁止嵌入轮廓"
    } else {
        return None;
    };
    Some(format!("{what}（fsType 0x{fs_type:04X}）"))
}

/// The name to show: Chinese if there is one, the full name before the family.
fn display_name(names: &[FontName], path: &Path) -> String {
    let order = [(4, true), (1, true), (4, false), (1, false), (16, false), (6, false)];
    // The Chinese full name is often just the English one again.
    let fits = |name: &FontName, (id, chinese): (u16, bool)| {
        name.id == id && name.chinese == chinese && (!chinese || !name.text.is_ascii())
    };
    let name = order.iter().find_map(|want| names.iter().find(|name| fits(name, *want)));
    match name {
        Some(name) => name.text.clone(),
        None => path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

/// What the head of a font says.
struct Head {
    names: Vec<FontName>,
    traits: Traits,
}

enum ReadError {
    Io(io::Error),
    Broken(&'static str),
}

impl From<io::Error> for ReadError {
    fn from(cause: io::Error) -> ReadError {
        match cause.kind() {
            io::ErrorKind::UnexpectedEof => ReadError::Broken("文件不完整"),
            _ => ReadError::Io(cause),
        }
    }
}

/// Most fonts in a collection; more is a broken file.
const MOST_FONTS: u32 = 256;
/// Most bytes in a `name` or `OS/2` table; more is a broken file.
const MOST_BYTES: u64 = 4 << 20;

fn read(path: &Path) -> Result<Vec<Head>, ReadError> {
    let mut file = disk::open(path, most::FONT)?;
    let length = file.metadata()?.len();
    let mut tag = [0; 4];
    file.read_exact(&mut tag)?;
    if tag != *b"ttcf" {
        return Ok(vec![head(&mut file, 0, length)?]);
    }
    file.seek(SeekFrom::Start(8))?;
    let count = number(&mut file)?;
    if count == 0 || count > MOST_FONTS {
        return Err(ReadError::Broken("字体集目录有误"));
    }
    let offsets = (0..count).map(|_| number(&mut file)).collect::<io::Result<Vec<u32>>>()?;
    offsets.into_iter().map(|offset| head(&mut file, offset.into(), length)).collect()
}

fn number(file: &mut File) -> io::Result<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_be_bytes(bytes))
}

fn head(file: &mut File, offset: u64, length: u64) -> Result<Head, ReadError> {
    let tables = directory(file, offset, length)?;
    let has = |tag: &[u8; 4]| tables.contains_key(tag);
    let outlines = (has(b"glyf") && has(b"loca")) || has(b"CFF ") || has(b"CFF2");
    let complete = [b"cmap", b"head", b"hhea", b"hmtx", b"maxp"].into_iter().all(has);
    if !outlines || !complete {
        return Err(ReadError::Broken("缺少必需的字体表"));
    }
    let mut table = |tag: &[u8; 4]| -> Result<Vec<u8>, ReadError> {
        let Some(&(start, size)) = tables.get(tag) else { return Ok(Vec::new()) };
        if size > MOST_BYTES {
            return Err(ReadError::Broken("字体表过大"));
        }
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.take(size).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let head = table(b"head")?;
    let units = head.get(18..20).map_or(0, |b| u16::from_be_bytes([b[0], b[1]]));
    if head.get(12..16) != Some(&[0x5F, 0x0F, 0x3C, 0xF5]) || !(16..=16384).contains(&units) {
        return Err(ReadError::Broken("字体头有误"));
    }
    Ok(Head {
        names: sfnt::names(&table(b"name")?),
        traits: sfnt::traits(&table(b"OS/2")?).unwrap_or_default(),
    })
}

/// Where the tables of a font are: start and length by tag.
fn directory(
    file: &mut File,
    offset: u64,
    length: u64,
) -> Result<BTreeMap<[u8; 4], (u64, u64)>, ReadError> {
    file.seek(SeekFrom::Start(offset))?;
    let mut start = [0; 12];
    file.read_exact(&mut start)?;
    if ![*b"\0\x01\0\0", *b"OTTO", *b"true"].iter().any(|magic| start.starts_with(magic)) {
        return Err(ReadError::Broken("不是 TrueType 或 OpenType 格式"));
    }
    let mut tables = BTreeMap::new();
    for _ in 0..u16::from_be_bytes([start[4], start[5]]) {
        let mut record = [0; 16];
        file.read_exact(&mut record)?;
        let word = |at: usize| u32::from_be_bytes([0, 1, 2, 3].map(|i| record[at + i]));
        let (start, size) = (u64::from(word(8)), u64::from(word(12)));
        if start + size > length {
            return Err(ReadError::Broken("文件不完整"));
        }
        tables.insert([0, 1, 2, 3].map(|i| record[i]), (start, size));
    }
    Ok(tables)
}

/// What to tell when there is no font at all.
pub(super) fn none() -> FontError {
    error("没有可用的字体".to_owned(), "用 --font-path 指明字体文件或文件夹")
}

/// What to tell when the fonts cannot be counted.
pub(super) fn too_many() -> FontError {
    error("字体太多".to_owned(), "只指明要用的字体文件或文件夹")
}
