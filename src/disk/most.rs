//! The most bytes that are read of a file, by what it is: the one table, which `docs/security.md`
//! shows too.

const KB: u64 = 1 << 10;
const MB: u64 = 1 << 20;

/// An issue, a layout, `hongtou.yaml`, a registry, a list of recipients: what `yaml` reads.
pub const TEXT: u64 = 4 * MB;
/// A table of recipients.
pub const TABLE: u64 = 16 * MB;
/// A PDF to be verified.
pub const PDF: u64 = 200 * MB;
/// A font, a collection of fonts.
pub const FONT: u64 = 200 * MB;
/// Certificates that a mail server is known by.
pub const CERTIFICATES: u64 = MB;
/// A password.
pub const PASSWORD: u64 = 4 * KB;
/// A file of an archived issue.
pub const BAG_FILE: u64 = 400 * MB;
/// The ledger of a year.
pub const LEDGER: u64 = 64 * MB;
/// Who got an issue.
pub const JOURNAL: u64 = 64 * MB;
/// The index of an archive, which SQLite reads in pieces.
pub const INDEX: u64 = u64::MAX;
/// What the program writes down for itself: what an index looks like, which servers were
/// confirmed.
pub const OWN: u64 = MB;
