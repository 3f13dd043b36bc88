//! Bags in an object store: `s3://BUCKET/PREFIX/mtg-kuaibao/2019/155/r1.zip`. A bag is one object, a
//! line of a ledger is one object, and everything is put only where nothing is: the store itself
//! refuses the second (`If-None-Match: *`). So nothing is ever there by half, and nothing is
//! replaced. Once in a process that puts something, it is tried whether the store does refuse.

mod lines;
mod packed;
mod wrong;

use std::collections::{BTreeMap, VecDeque};
use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{
    ClientOptions, GetOptions, GetRange, ObjectStore, PutMode, PutOptions, RetryConfig,
};
use tokio::runtime::{Builder, Runtime};

use super::{Error, Files, Holding, IssueId, LedgerId, S3Settings, Store};
use packed::Packed;
use wrong::Wrong;

/// How much of the end of a bag is read first: its list of files, and the small ones among them.
const TAIL: u64 = 128 << 10;

/// How many bags are remembered.
const REMEMBERED: usize = 8;

/// What is put twice to see whether the store refuses it.
const PROBE: &str = ".hongtou-probe";

const ENDING: &str = ".zip";

/// An archive in an object store.
pub struct S3 {
    store: AmazonS3,
    runtime: Runtime,
    wrong: Wrong,
    prefix: String,
    /// Bags read last: their files are asked for one by one.
    bags: Mutex<VecDeque<(Holding, Arc<Packed>)>>,
    /// Lines of ledgers by the names of their objects: what is there never changes.
    lines: Mutex<BTreeMap<String, Vec<u8>>>,
    /// What came of trying whether the store refuses to replace.
    refuses: OnceLock<Result<(), Error>>,
}

impl S3 {
    /// The archive that is meant; nothing is sent yet.
    ///
    /// # Errors
    /// Settings that cannot be.
    pub fn new(settings: &S3Settings) -> Result<S3, Error> {
        // Whoever was first has installed one; there is only this one in the program.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let wrong = Wrong::new(settings);
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(settings.region.as_deref().unwrap_or("us-east-1"))
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(&settings.secret_key)
            .with_client_options(
                ClientOptions::new()
                    .with_allow_http(true)
                    .with_connect_timeout(Duration::from_secs(5))
                    .with_timeout(Duration::from_secs(120)),
            )
            .with_retry(RetryConfig {
                max_retries: 3,
                retry_timeout: Duration::from_secs(60),
                ..RetryConfig::default()
            });
        if let Some(token) = &settings.token {
            builder = builder.with_token(token);
        }
        if let Some(endpoint) = &settings.endpoint {
            // A server that has the bucket in its name wants it there.
            let own = endpoint.split("://").nth(1).unwrap_or(endpoint);
            let own = own.starts_with(&format!("{}.", settings.bucket));
            builder = builder.with_endpoint(endpoint).with_virtual_hosted_style_request(own);
        }
        let store = builder.build().map_err(|error| wrong.say("", &error))?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::io("s3".as_ref(), &error))?;
        let prefix = settings.prefix.trim_matches('/').to_owned();
        Ok(S3 {
            store,
            runtime,
            wrong,
            prefix,
            bags: Mutex::default(),
            lines: Mutex::default(),
            refuses: OnceLock::new(),
        })
    }

    /// The object of this name.
    fn object(&self, name: &str) -> Path {
        Path::from(format!("{}/{name}", self.prefix))
    }

    /// Puts an object where none is; whether there was none.
    fn put_new(&self, name: &str, bytes: Vec<u8>) -> Result<bool, Error> {
        self.refuses.get_or_init(|| self.probe()).clone()?;
        self.create(name, bytes)
    }

    fn create(&self, name: &str, bytes: Vec<u8>) -> Result<bool, Error> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        let object = self.object(name);
        match self.runtime.block_on(self.store.put_opts(&object, bytes.into(), options)) {
            Ok(_) => Ok(true),
            Err(
                object_store::Error::AlreadyExists { .. }
                | object_store::Error::Precondition { .. },
            ) => Ok(false),
            Err(error) => Err(self.wrong.say(name, &error)),
        }
    }

    /// Tries whether the store refuses to replace what is there. Some that speak the language of S3
    /// pass over what they do not know, and would replace a bag without a word.
    fn probe(&self) -> Result<(), Error> {
        self.create(PROBE, Vec::new())?;
        match self.create(PROBE, Vec::new())? {
            false => Ok(()),
            true => Err(self.wrong.replaces()),
        }
    }

    /// An object, or the end of it; `None` where there is none.
    fn read(&self, name: &str, tail: Option<u64>) -> Result<Option<Packed>, Error> {
        let options = GetOptions { range: tail.map(GetRange::Suffix), ..GetOptions::default() };
        let object = self.object(name);
        let read = self.runtime.block_on(async {
            let found = self.store.get_opts(&object, options).await?;
            let start = found.range.start;
            Ok(Packed { start, bytes: found.bytes().await?.to_vec() })
        });
        match read {
            Ok(packed) => Ok(Some(packed)),
            Err(object_store::Error::NotFound { source, .. })
                if !source.to_string().contains("NoSuchBucket") =>
            {
                Ok(None)
            }
            Err(error) => Err(self.wrong.say(name, &error)),
        }
    }

    /// The names of the objects under a name, in order.
    fn names(&self, under: &str) -> Result<Vec<String>, Error> {
        let path = self.object(under);
        let list = self.store.list(Some(&path)).try_collect::<Vec<_>>();
        let found = self.runtime.block_on(list).map_err(|error| self.wrong.say(under, &error))?;
        let prefix = self.object("");
        let inside = |path: &Path| {
            let parts = path.prefix_match(&prefix)?;
            Some(parts.map(|part| part.as_ref().to_owned()).collect::<Vec<_>>().join("/"))
        };
        let mut names: Vec<String> =
            found.iter().filter_map(|object| inside(&object.location)).collect();
        names.sort();
        Ok(names)
    }

    /// A bag, or its end when that is enough.
    fn bag(&self, holding: &Holding, whole: bool) -> Result<Arc<Packed>, Error> {
        let known = {
            let bags = self.bags.lock().unwrap_or_else(PoisonError::into_inner);
            bags.iter().find(|(known, _)| known == holding).map(|(_, bag)| bag.clone())
        };
        if let Some(bag) = known.filter(|bag| !whole || bag.start == 0) {
            return Ok(bag);
        }
        let name = format!("{holding}{ENDING}");
        let bag = self.read(&name, (!whole).then_some(TAIL))?;
        let bag = Arc::new(bag.ok_or_else(|| Error::Missing(holding.to_string()))?);
        let mut bags = self.bags.lock().unwrap_or_else(PoisonError::into_inner);
        bags.retain(|(known, _)| known != holding);
        bags.truncate(REMEMBERED - 1);
        bags.push_front((holding.clone(), bag.clone()));
        Ok(bag)
    }

    /// Asks the end of a bag, and the whole of it when the end is not enough.
    fn ask<T>(
        &self,
        holding: &Holding,
        question: impl Fn(&Packed) -> Result<T, packed::Unread>,
    ) -> Result<T, Error> {
        if let Ok(answer) = question(&*self.bag(holding, false)?) {
            return Ok(answer);
        }
        let whole = self.bag(holding, true)?;
        question(&whole).map_err(|unread| Error::Damaged {
            path: format!("{holding}{ENDING}"),
            why: unread.to_string(),
        })
    }
}

impl Store for S3 {
    fn put_bag(&self, holding: &Holding, files: &Files) -> Result<(), Error> {
        let bytes = packed::pack(files).map_err(|unread| Error::Damaged {
            path: holding.to_string(),
            why: unread.to_string(),
        })?;
        match self.put_new(&format!("{holding}{ENDING}"), bytes)? {
            true => Ok(()),
            false => Err(Error::Exists(holding.clone())),
        }
    }

    fn list(&self) -> Result<Vec<Holding>, Error> {
        Ok(holdings(&self.names("")?))
    }

    fn revisions(&self, id: &IssueId) -> Result<Vec<Holding>, Error> {
        Ok(holdings(&self.names(&id.to_string())?))
    }

    fn files(&self, holding: &Holding) -> Result<Vec<String>, Error> {
        self.ask(holding, Packed::names)
    }

    fn open(&self, holding: &Holding, path: &str) -> Result<Box<dyn Read + '_>, Error> {
        let found = self.ask(holding, |bag| bag.file(path))?;
        let bytes = found.ok_or_else(|| Error::Missing(format!("{holding}/{path}")))?;
        Ok(Box::new(Cursor::new(bytes)))
    }

    fn ledgers(&self) -> Result<Vec<LedgerId>, Error> {
        let names = self.names("")?;
        let mut ledgers: Vec<LedgerId> = names.iter().filter_map(|name| lines::of(name)).collect();
        ledgers.sort();
        ledgers.dedup();
        Ok(ledgers)
    }

    fn lines(&self, ledger: &LedgerId) -> Result<Vec<u8>, Error> {
        lines::read(self, ledger)
    }

    fn put_line(&self, ledger: &LedgerId, number: usize, line: &str) -> Result<bool, Error> {
        lines::put(self, ledger, number, line)
    }

    fn strangers(&self) -> Result<Vec<String>, Error> {
        let mut names = self.names("")?;
        names.retain(|name| holding(name).is_none() && lines::of(name).is_none() && name != PROBE);
        Ok(names)
    }
}

/// The bag that an object is.
fn holding(name: &str) -> Option<Holding> {
    Holding::parse(name.strip_suffix(ENDING)?)
}

fn holdings(names: &[String]) -> Vec<Holding> {
    let mut holdings: Vec<Holding> = names.iter().filter_map(|name| holding(name)).collect();
    holdings.sort();
    holdings
}
