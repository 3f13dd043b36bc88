//! Keeps an issue: puts its bag and writes it into the ledger.

use chrono::NaiveDate;

use super::bag::{self, Algorithm, Facts, Manifest, Superseded};
use super::parcel::{self, TEXTS};
use super::{Archive, DATA, Entry, Error, Holding, IssueId, Parcel, ledger};
use crate::build::Source;
use crate::scratch;

/// How an issue is filed.
#[derive(Clone, Debug)]
pub struct Filing {
    /// The day.
    pub date: NaiveDate,
    /// With SM3 manifests beside those of SHA-256.
    pub sm3: bool,
    /// Why it corrects what is there; `None` when it is new.
    pub correction: Option<String>,
}

/// What became of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is new.
    New(Holding),
    /// It corrects the revision before it.
    Corrected(Holding),
    /// It is there, byte for byte.
    Same(Holding),
    /// It is there, byte for byte, and stood in no ledger: now it does.
    Entered(Holding),
    /// Its content is there; this program or other fonts would make other files of it.
    SameContent(Holding),
}

impl Kept {
    /// The revision that is there now.
    pub fn holding(&self) -> &Holding {
        match self {
            Kept::New(holding)
            | Kept::Corrected(holding)
            | Kept::Same(holding)
            | Kept::Entered(holding)
            | Kept::SameContent(holding) => holding,
        }
    }
}

impl Archive {
    /// Keeps an issue, whole or not at all. What is there already stays as it is.
    ///
    /// # Errors
    /// [`Error::Differs`] when the issue is there with other content and this is no correction;
    /// [`Error::Superseded`] when it is what a correction replaced;
    /// [`Error::NothingToCorrect`]; what the place says.
    pub fn keep(&self, parcel: &Parcel, filing: &Filing) -> Result<Kept, Error> {
        let _at_work = self.store.begin()?;
        let mut holding = parcel.entry.holding();
        loop {
            let latest = self.store.revisions(&holding.id)?.pop();
            let kept = match (&latest, &filing.correction) {
                (None, Some(_)) => return Err(Error::NothingToCorrect(holding.id)),
                (None, None) => {
                    holding.revision = 1;
                    Kept::New(holding.clone())
                }
                (Some(latest), correction) => match self.compare(parcel, latest)? {
                    Likeness::Same => Kept::Same(latest.clone()),
                    Likeness::SameContent if correction.is_none() => {
                        Kept::SameContent(latest.clone())
                    }
                    _ if correction.is_none() => {
                        let texts =
                            Manifest::of(&parcel.payload(latest.revision), Algorithm::Sha256);
                        return Err(match self.corrected(&texts, latest)? {
                            Some(old) => Error::Superseded { old, latest: latest.clone() },
                            None => Error::Differs(latest.clone()),
                        });
                    }
                    _ => {
                        holding.revision = latest.revision + 1;
                        Kept::Corrected(holding.clone())
                    }
                },
            };
            if matches!(kept, Kept::New(_) | Kept::Corrected(_)) {
                // Whoever is stopped between the two leaves a bag that no ledger has.
                let put = scratch::whole(|| {
                    self.put(parcel, filing, &holding, latest)?;
                    ledger::enter(self.store(), &holding, false, filing.date)
                });
                match put {
                    // Someone was faster: look again at what is there now.
                    Err(Error::Exists(_)) => continue,
                    put => put?,
                };
                return Ok(kept);
            }
            // Made again from its source it is the same: whoever gives the source vouches for it.
            // Of others nothing shows that the files are those that were kept.
            let entered = matches!(kept, Kept::Same(_))
                && ledger::enter(self.store(), kept.holding(), true, filing.date)?;
            return Ok(if entered { Kept::Entered(kept.holding().clone()) } else { kept });
        }
    }

    fn put(
        &self,
        parcel: &Parcel,
        filing: &Filing,
        holding: &Holding,
        latest: Option<Holding>,
    ) -> Result<(), Error> {
        let superseded = match latest {
            Some(latest) => Some(Superseded {
                seal: bag::sha256(&self.store.get(&latest, bag::SEAL)?),
                holding: latest,
                reason: filing.correction.as_deref().unwrap_or_default(),
            }),
            None => None,
        };
        let entry = Entry { revision: holding.revision, ..parcel.entry.clone() };
        let facts = Facts { entry: &entry, date: filing.date, superseded };
        let files = bag::pack(parcel.payload(holding.revision), &facts, filing.sm3);
        self.store.put_bag(holding, &files)
    }

    /// How what would be kept differs from what is there.
    fn compare(&self, parcel: &Parcel, there: &Holding) -> Result<Likeness, Error> {
        let kept = bag::read_manifest(self.store(), there, Algorithm::Sha256)?;
        let new = Manifest::of(&parcel.payload(there.revision), Algorithm::Sha256);
        if new == kept {
            return Ok(Likeness::Same);
        }
        Ok(match same_texts(&new, &kept) {
            true => Likeness::SameContent,
            false => Likeness::Different,
        })
    }

    /// How an issue made of these texts stands to what is there, before any file is made.
    ///
    /// # Errors
    /// What the place says.
    pub fn standing(&self, id: &IssueId, source: &Source) -> Result<Standing, Error> {
        let Some(latest) = self.store.revisions(id)?.pop() else { return Ok(Standing::Absent) };
        let kept = bag::read_manifest(self.store(), &latest, Algorithm::Sha256)?;
        let new = Manifest::of(&parcel::texts(source), Algorithm::Sha256);
        if same_texts(&new, &kept) {
            return Ok(Standing::Same(latest));
        }
        Ok(match self.corrected(&new, &latest)? {
            Some(old) => Standing::Superseded { old, latest },
            None => Standing::Different(latest),
        })
    }

    /// The last revision before `latest` that was made of these texts.
    fn corrected(&self, new: &Manifest, latest: &Holding) -> Result<Option<Holding>, Error> {
        for old in self.store.revisions(&latest.id)?.into_iter().rev() {
            if old.revision < latest.revision
                && same_texts(new, &bag::read_manifest(self.store(), &old, Algorithm::Sha256)?)
            {
                return Ok(Some(old));
            }
        }
        Ok(None)
    }
}

/// Whether two bags were made of the same texts.
fn same_texts(one: &Manifest, other: &Manifest) -> bool {
    let same = |name: &str| {
        let path = format!("{DATA}{name}");
        one.digest(&path) == other.digest(&path)
    };
    TEXTS.iter().all(|name| same(name))
}

/// How an issue stands to what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none of its number.
    Absent,
    /// It is there; the latest revision is named.
    Same(Holding),
    /// It is what a correction replaced.
    Superseded {
        /// The revision it is the same as.
        old: Holding,
        /// The latest revision.
        latest: Holding,
    },
    /// Its number is there with other content; the latest revision is named.
    Different(Holding),
}

/// How far two revisions are the same.
enum Likeness {
    Same,
    SameContent,
    Different,
}
