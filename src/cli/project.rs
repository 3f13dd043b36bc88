//! From files to an issue and its layout: the issue's file, `hongtou.yaml` above it, the layout it
//! names.

use std::io::{
    self,
    ErrorKind::{NotADirectory, NotFound},
};
use std::path::{Path, PathBuf};

use super::files::TextFile;
use super::{Exit, files};
use crate::build::{Embedding, Source, WordFonts};
use crate::diagnostic::{Code, Diagnostic, FileId, Sources};
use crate::disk;
use crate::docx::FontProfile;
use crate::font::{FontBook, FontError};
use crate::issue::{self, Config, Issue, Registry};
use crate::layout::{self, Layout};
use crate::yaml;

/// What standard input is called.
pub(super) const STDIN: &str = "标准输入";

/// What an office sets once, looked for from the issue's folder upward.
const CONFIG: &str = "hongtou.yaml";

/// What an archive is called unless something else is said.
pub(super) const ARCHIVE: &str = "archive";

/// The layout of an issue that names none.
const DEFAULT_LAYOUT: &str = "kuaibao";

/// Why an issue was not made.
pub(super) struct Failure {
    /// What that means for the whole run.
    pub(super) exit: Exit,
    /// What is wrong.
    pub(super) findings: Vec<Diagnostic>,
}

impl Failure {
    /// The content has errors.
    pub(super) fn content(findings: Vec<Diagnostic>) -> Failure {
        Failure { exit: Exit::Content, findings }
    }

    /// Options that cannot be meant.
    pub(super) fn usage(finding: Diagnostic) -> Failure {
        Failure { exit: Exit::Usage, findings: vec![finding] }
    }

    /// A file, a font, a setting.
    pub(super) fn environment(findings: Vec<Diagnostic>) -> Failure {
        Failure { exit: Exit::Environment, findings }
    }
}

/// The fonts that there are: those of these paths, before the program's own.
///
/// # Errors
/// Paths and fonts that cannot be used.
pub(super) fn font_book(paths: &[PathBuf]) -> Result<FontBook, Failure> {
    FontBook::new(paths).map_err(|errors| {
        let finding = |error: FontError| {
            Diagnostic::general(Code::FontUnusable, error.message).with_help(error.help)
        };
        Failure::environment(errors.into_iter().map(finding).collect())
    })
}

/// An issue with all that belongs to it.
pub(super) struct Opened {
    pub(super) issue: Issue,
    pub(super) layout: Layout,
    /// The texts that it is made of.
    pub(super) source: Source,
    /// The office's own fonts.
    pub(super) fonts: Vec<PathBuf>,
    /// The fonts of its DOCX.
    pub(super) docx: WordFonts,
    /// What its office calls the bulletin in the archive.
    pub(super) series: Option<String>,
    /// Whether its office wants SM3 manifests too.
    pub(super) sm3: bool,
    /// Warnings of the readers.
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads an issue, `-` from standard input.
///
/// # Errors
/// Files that cannot be read; errors of the issue, of `hongtou.yaml`, of the layout.
pub(super) fn open(input: &Path, sources: &mut Sources) -> Result<Opened, Failure> {
    let one = |finding| Failure::environment(vec![finding]);
    let stdin = input == Path::new("-");
    let (name, TextFile { bytes, text }) = if stdin {
        (STDIN.to_owned(), files::read_stdin().map_err(one)?)
    } else {
        (input.display().to_string(), files::read_file(input).map_err(one)?)
    };
    let file = sources.add(name, text);
    let folder = if stdin { Path::new("") } else { input.parent().unwrap_or(Path::new("")) };
    let office = office(folder, sources)?;
    let config = office.as_ref().map(|office| &office.config);
    let (issue, findings) = issue::read_issue(sources, file, config).map_err(Failure::content)?;
    let (layout, text) = layout_of(&issue, file, folder, office.as_ref(), sources)?;
    let source = Source {
        issue: bytes,
        config: issue::in_force(sources, file, config).map_err(Failure::content)?,
        layout: text,
        layout_name: layout.name.clone(),
    };
    let fonts = office.as_ref().map_or_else(Vec::new, Office::fonts);
    let docx = config.map(word_fonts).unwrap_or_default();
    let series = config.and_then(|config| Some(config.series.as_ref()?.value.clone()));
    let sm3 = config.and_then(|config| config.archive_sm3).unwrap_or_default();
    Ok(Opened { issue, layout, source, fonts, docx, series, sm3, findings })
}

fn word_fonts(config: &Config) -> WordFonts {
    let profile = config.docx_fonts.as_ref().and_then(|name| FontProfile::from_key(name));
    let embed = config.docx_embed.as_ref().and_then(|name| Embedding::from_key(name));
    WordFonts { profile: profile.unwrap_or_default(), embed }
}

/// The settings of an office and the folder that their paths count from.
pub(super) struct Office {
    pub(super) config: Config,
    pub(super) folder: PathBuf,
}

impl Office {
    /// Where the settings lie, whatever way led there; the last part is not followed if it is a
    /// link, for paths count from where it lies.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn settings_file(&self) -> io::Result<PathBuf> {
        let folder = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        Ok(folder.canonicalize()?.join(CONFIG))
    }

    fn fonts(&self) -> Vec<PathBuf> {
        self.config.font_path.iter().map(|path| self.folder.join(path.as_str())).collect()
    }
}

/// The root of the archive of the office that a folder belongs to, when it names one. For an object
/// store, which is no folder, that of what is kept of it here (who got which issue): one place,
/// wherever below the settings somebody works. `stored`: an object store is named elsewhere.
///
/// # Errors
/// Those of its `hongtou.yaml`.
pub(super) fn archive_near(
    folder: &Path,
    stored: bool,
    sources: &mut Sources,
) -> Result<Option<PathBuf>, Failure> {
    let office = office(folder, sources)?;
    Ok(office.and_then(|office| {
        let path = match &office.config.archive_path {
            Some(path) if !path.as_str().starts_with("s3:") => path.as_str(),
            None if !stored => return None,
            _ => ARCHIVE,
        };
        Some(office.folder.join(path))
    }))
}

/// The registry of the office that a folder belongs to; an empty one when it has none.
///
/// # Errors
/// Those of its `hongtou.yaml` and of the file that this names.
pub(super) fn registry_near(folder: &Path, sources: &mut Sources) -> Result<Registry, Failure> {
    let Some(office) = office(folder, sources)? else { return Ok(Registry::default()) };
    let Some(node) = &office.config.registries else { return Ok(Registry::default()) };
    let registry = match &node.value {
        yaml::Value::Scalar { text, .. } => {
            let path = office.folder.join(text.trim());
            let text = files::read_text(&path).map_err(|finding| {
                // The place is the line that names the file.
                let finding = Diagnostic { span: Some(node.span), ..finding };
                Failure::environment(vec![finding])
            })?;
            let file = sources.add(path.display().to_string(), text);
            issue::read_registry_file(sources, file)
        }
        _ => issue::read_registry(sources, node),
    };
    registry.map_err(Failure::environment)
}

/// The nearest `hongtou.yaml` from a folder upward. Whatever has that name counts: one that cannot
/// be read is not passed over for another further up.
///
/// # Errors
/// Those of the file; a folder that cannot be looked into.
pub(super) fn office(folder: &Path, sources: &mut Sources) -> Result<Option<Office>, Failure> {
    // Upward goes by the folder's real place, for `..` and symbolic links lead elsewhere.
    let start = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let start = match start.canonicalize() {
        Ok(start) => start,
        // Where there is no folder nothing lies in it; what was to be read there says so itself.
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => return Ok(None),
        Err(error) => {
            let message = format!("看不了文件夹“{}”，不知道有没有 {CONFIG}", start.display());
            return Err(Failure::environment(vec![files::general(
                Code::FileUnreadable,
                message,
                files::said(&error),
            )]));
        }
    };
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    for above in start.ancestors() {
        let path = above.join(CONFIG);
        if !disk::is_there(&path) {
            continue;
        }
        // Named as short as it can be: from where the user stands.
        let shown = path.strip_prefix(&here).map(Path::to_owned).unwrap_or(path);
        let text = files::read_text(&shown).map_err(|finding| {
            let help = match disk::is_file(&shown) {
                Err(error) if disk::refusal(&error).is_some() => "放回写好设置的文件".to_owned(),
                _ => finding.help.unwrap_or_default(),
            };
            let help = format!("{help}；不要这份设置，就移走它，再用上一层文件夹里的");
            Failure::environment(vec![Diagnostic { help: Some(help), ..finding }])
        })?;
        let file = sources.add(shown.display().to_string(), text);
        issue::hide_passwords(sources, file);
        let config = issue::read_config(sources, file).map_err(Failure::environment)?;
        let folder = shown.parent().unwrap_or(Path::new("")).to_owned();
        return Ok(Some(Office { config, folder }));
    }
    Ok(None)
}

/// The layout that an issue names and its text: one of the program's, or a file beside the text that
/// names it.
fn layout_of(
    issue: &Issue,
    file: FileId,
    folder: &Path,
    office: Option<&Office>,
    sources: &mut Sources,
) -> Result<(Layout, String), Failure> {
    let name = issue.layout.as_ref().map_or(DEFAULT_LAYOUT, |layout| layout.as_str());
    if let (Some(layout), Some(text)) = (layout::read_bundled(sources, name), layout::bundled(name))
    {
        return Ok((layout.map_err(Failure::environment)?, text.to_owned()));
    }
    let Some(written) = &issue.layout else {
        let message = format!("没有内置的版式“{name}”");
        return Err(Failure::environment(vec![files::general(
            Code::LayoutNotFound,
            message,
            "请重新安装程序",
        )]));
    };
    if !is_path(name) {
        return Err(Failure::content(vec![unknown_layout(written)]));
    }
    let folder = match office {
        Some(office) if written.span.file != file => &office.folder,
        _ => folder,
    };
    let path = folder.join(name);
    let text = files::read_text(&path).map_err(|finding| {
        // The place is the line that names the file.
        let finding = Diagnostic { span: Some(written.span), ..finding };
        Failure::environment(vec![finding])
    })?;
    let stem = path.file_stem().map_or(name.into(), |stem| stem.to_string_lossy());
    let stem = stem.into_owned();
    let file = sources.add(path.display().to_string(), text.as_str());
    let layout = layout::read(sources, file, &stem).map_err(Failure::environment)?;
    Ok((layout, text))
}

/// Whether a layout is named by its file.
fn is_path(name: &str) -> bool {
    name.contains(['/', '\\']) || name.ends_with(".yaml") || name.ends_with(".yml")
}

fn unknown_layout(written: &issue::Text) -> Diagnostic {
    let help = match yaml::nearest(written, layout::bundled_names()) {
        Some(name) => format!("是否应为“{name}”？"),
        None => {
            let title = |name| match layout::read_bundled(&mut Sources::default(), name) {
                Some(Ok(layout)) => format!("{name}（{}）", layout.title),
                _ => name.to_owned(),
            };
            let names: Vec<String> = layout::bundled_names().map(title).collect();
            format!("内置的有：{}；自己的版式写成“./文件.yaml”", names.join("、"))
        }
    };
    let message = format!("没有内置的版式“{}”", written.value);
    Diagnostic::error(Code::LayoutNotFound, written.span, message).with_help(help)
}
