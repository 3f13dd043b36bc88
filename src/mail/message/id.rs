//! Names that are the same each time: Message-IDs and MIME boundaries. No address can be read out
//! of them.

use sha2::{Digest, Sha256};

use super::Letter;
use crate::archive::Holding;
use crate::mail::address::{Address, Mailbox};

/// The Message-ID of this revision for this recipient, without angle brackets: a repeat has the
/// same.
pub fn id(holding: &Holding, sender: &Mailbox, recipient: &str) -> String {
    named(holding, "", sender, &recipient.to_ascii_lowercase())
}

/// The Message-ID of a test: servers and clients hide what has the ID of an earlier message, and an
/// editor wants to see his second test too.
pub(super) fn test(letter: &Letter<'_>, sender: &Mailbox, to: &Address) -> String {
    let seed = format!("{} {}", to.key(), letter.date.to_rfc3339());
    named(&letter.entry.holding(), ".test", sender, &seed)
}

fn named(holding: &Holding, mark: &str, sender: &Mailbox, seed: &str) -> String {
    let issue = holding.to_string().replace('/', ".");
    let hash = hash(&format!("{holding}\n{}\n{seed}", sender.address.key()));
    format!("{issue}{mark}.{hash}@{}", sender.address.domain())
}

/// A boundary: no line of base64 can begin like it.
pub(super) fn boundary(part: &str, id: &str) -> String {
    format!("=_hongtou_{part}_{}", hash(id))
}

fn hash(text: &str) -> String {
    Sha256::digest(text)[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}
