//! What [`super::analyze`] does: clusters, quotation marks, sequences, breaks, put together.

use super::atoms::{Cluster, split};
use super::class::{Kind, is_ideograph};
use super::quotes::{Quote, resolve};
use super::sequence::{Joint, Sequences};
use super::{Analysis, Atom, Class, Settings, Trait, breaks, sense, sequence};

pub(super) fn analyze(text: &str, settings: &Settings) -> Analysis {
    let mut clusters = split(text);
    resolve_quotes(&mut clusters);
    let sequences = sequence::find(&clusters);
    let breaks = breaks::find(&clusters, &sequences, settings.dash_at_start);
    let atoms: Vec<Atom> = (0..clusters.len()).map(|i| atom(&clusters, &sequences, i)).collect();
    let solid = (0..clusters.len()).map(|i| is_solid(&clusters, &sequences, i)).collect();
    let traits = traits(&clusters, &atoms);
    let senses = sense::costs(&clusters);
    Analysis { atoms, breaks, solid, traits, senses }
}

fn resolve_quotes(clusters: &mut [Cluster]) {
    let characters: Vec<char> = clusters.iter().map(|cluster| cluster.c).collect();
    for (cluster, quote) in clusters.iter_mut().zip(resolve(&characters)) {
        cluster.kind = match quote {
            None => continue,
            Some(Quote::ChineseOpen) => Kind::Open,
            Some(Quote::ChineseClose) => Kind::Close,
            Some(Quote::WesternOpen) => Kind::QuoteOpen,
            Some(Quote::WesternClose) => Kind::QuoteClose,
            Some(Quote::Apostrophe) => Kind::Letter,
        };
    }
}

fn is_solid(clusters: &[Cluster], sequences: &Sequences, i: usize) -> bool {
    if i == 0 {
        return false;
    }
    let (a, b) = (&clusters[i - 1], &clusters[i]);
    let western = |cluster: &Cluster| {
        cluster.c.is_ascii_graphic()
            || matches!(cluster.kind, Kind::Letter | Kind::QuoteOpen | Kind::QuoteClose)
    };
    sequences.joints[i] != Joint::Free
        // Signs at the edges of a Western word: Wi-Fi, (OK), “hello”.
        || western(a) && western(b)
        || matches!(a.kind, Kind::Joiner | Kind::Glue)
        || matches!(b.kind, Kind::Joiner | Kind::Glue)
        // ……… and ———: units of one mark.
        || a.kind == b.kind && matches!(a.kind, Kind::Dash | Kind::Ellipsis)
}

fn atom(clusters: &[Cluster], sequences: &Sequences, i: usize) -> Atom {
    let cluster = &clusters[i];
    let around = Around {
        before: i.checked_sub(1).map(|p| &clusters[p]),
        after: clusters.get(i + 1),
        joined_before: sequences.joints[i] != Joint::Free,
        joined_after: sequences.joints.get(i + 1).is_some_and(|&joint| joint != Joint::Free),
    };
    let (class, western) = if sequences.web[i] {
        (Class::Latin, true)
    } else {
        (class(cluster, &around), is_western(cluster, &around))
    };
    Atom { range: cluster.range.clone(), class, western }
}

/// The neighbours of an atom.
struct Around<'a> {
    before: Option<&'a Cluster>,
    after: Option<&'a Cluster>,
    joined_before: bool,
    joined_after: bool,
}

impl Around<'_> {
    fn near(&self, kinds: &[Kind]) -> bool {
        self.joined_before && self.before.is_some_and(|cluster| kinds.contains(&cluster.kind))
            || self.joined_after && self.after.is_some_and(|cluster| kinds.contains(&cluster.kind))
    }

    /// Within a number, a code or a Western word.
    fn inside(&self) -> bool {
        self.near(&[Kind::Digit, Kind::Letter, Kind::Roman])
    }

    fn after_digit(&self) -> bool {
        self.joined_before && self.before.is_some_and(|cluster| cluster.kind == Kind::Digit)
    }
}

fn class(cluster: &Cluster, around: &Around<'_>) -> Class {
    let sign = |outside: Class| match () {
        () if around.near(&[Kind::Digit]) => Class::Number,
        () if around.inside() => Class::Latin,
        () => outside,
    };
    match cluster.kind {
        Kind::Han => Class::Han,
        // × ÷ ＋ within 7×24.
        Kind::Symbol => sign(Class::Han),
        Kind::NoStart => Class::Iteration,
        Kind::Pause => Class::Pause,
        Kind::Stop | Kind::DoubleStop => Class::Stop,
        Kind::Open | Kind::NarrowOpen => Class::Open,
        Kind::Close | Kind::NarrowClose | Kind::NarrowBrace => Class::Close,
        Kind::Dash => Class::Dash,
        Kind::Ellipsis => Class::Ellipsis,
        Kind::Connector => Class::Connector,
        Kind::Hyphen => {
            sign(if is_western(cluster, around) { Class::Latin } else { Class::HalfConnector })
        }
        Kind::Interpunct => Class::Interpunct,
        Kind::Slash => sign(Class::Slash),
        Kind::Prefix if cluster.c == '+' => sign(Class::Latin),
        // 5−2: a sign within a number, not before it.
        Kind::Prefix if around.joined_before => sign(Class::Prefix),
        Kind::Prefix => Class::Prefix,
        Kind::Postfix => Class::Postfix,
        Kind::Digit => Class::Number,
        Kind::Letter | Kind::Glue | Kind::Joiner => Class::Latin,
        Kind::Exclaim | Kind::Infix => sign(Class::Latin),
        Kind::Quote | Kind::QuoteOpen | Kind::QuoteClose => Class::Latin,
        Kind::Roman => Class::Roman,
        Kind::Circled => Class::Circled,
        Kind::Space | Kind::ZeroSpace => Class::Space,
        Kind::IdeographicSpace => Class::IdeographicSpace,
    }
}

/// Whether the Latin face sets it. Signs that both faces have follow what they stand beside.
fn is_western(cluster: &Cluster, around: &Around<'_>) -> bool {
    let beside = |kinds: &[Kind]| {
        let is = |c: Option<&Cluster>| c.is_some_and(|c| kinds.contains(&c.kind));
        is(around.before) || is(around.after)
    };
    match cluster.kind {
        Kind::Digit | Kind::Letter | Kind::Space | Kind::ZeroSpace | Kind::Glue => true,
        Kind::Quote | Kind::QuoteOpen | Kind::QuoteClose | Kind::Exclaim | Kind::Infix => true,
        Kind::NarrowOpen | Kind::NarrowClose | Kind::NarrowBrace => true,
        // The hyphen of Ⅲ-58 and Wi-Fi is Latin; that of 秦岭–淮河 is Chinese.
        Kind::Hyphen => around.inside() || beside(&[Kind::Letter, Kind::Digit, Kind::Roman]),
        Kind::Slash => cluster.c == '/' && beside(&[Kind::Letter, Kind::Digit]),
        Kind::Prefix => cluster.c.is_ascii() || cluster.c != '￥' && !is_full_width(cluster.c),
        // 44%, 39°54′ in the face of the digits; ℃ is one em of Chinese.
        Kind::Postfix => {
            cluster.c == '%'
                || around.after_digit() && matches!(cluster.c, '‰' | '°' | '′' | '″' | '¢')
        }
        _ => false,
    }
}

fn is_full_width(c: char) -> bool {
    matches!(c, '№' | '\u{FE00}'..='\u{FFEF}')
}

/// What the widths need to know of the characters.
fn traits(clusters: &[Cluster], atoms: &[Atom]) -> Vec<Trait> {
    let mut traits: Vec<Trait> = (0..clusters.len())
        .map(|i| Trait { autospace: i > 0 && takes_space(clusters, atoms, i), stacked: false })
        .collect();
    // GB/T 15834 §5.1.2: two of ？！ together take one em, three take two.
    let mut start = 0;
    while start < clusters.len() {
        let mut end = start;
        while end < clusters.len() && matches!(clusters[end].c, '？' | '！') {
            end += 1;
        }
        if (end - start).is_multiple_of(2) {
            traits[start..end].iter_mut().for_each(|t| t.stacked = true);
        }
        start = end.max(start + 1);
    }
    traits
}

/// Between an ideograph and a Western letter, digit or sign.
fn takes_space(clusters: &[Cluster], atoms: &[Atom], i: usize) -> bool {
    let western = |p: usize| match clusters[p].kind {
        Kind::Quote | Kind::QuoteOpen | Kind::QuoteClose => false,
        Kind::Glue | Kind::Joiner | Kind::Hyphen => false,
        _ => {
            matches!(atoms[p].class, Class::Latin | Class::Number | Class::Prefix | Class::Postfix)
        }
    };
    let ideograph = |p: usize| is_ideograph(clusters[p].c);
    ideograph(i - 1) && western(i) || western(i - 1) && ideograph(i)
}
