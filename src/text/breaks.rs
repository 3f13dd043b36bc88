//! Where a line may begin, and what it costs.
//!
//! The pair rules are those of UAX #14, rule by rule, with the departures that GB/T 15834 §5.1 and
//! CLREQ ask for (see `tests/vectors/uax14-departures.txt`); then come the soft rules of practice.

use super::Break;
use super::atoms::Cluster;
use super::class::{Kind, is_han_numeral};
use super::sequence::{Joint, Sequences};

/// Between a number and its measure word.
const NUMBER_UNIT: u32 = 50;
/// Between a number and 月, 日, or within 第N届.
const DATE_UNIT: u32 = 100;
/// One character alone after an opening or before a closing bracket.
const BRACKET_EDGE: u32 = 30;
/// After a hyphen in a long code or a Western compound.
const HYPHEN: u32 = 200;
/// Before ——.
const DASH_START: u32 = 100;
/// Between a list marker and the first character of its item.
const LIST_MARKER: u32 = 200;
/// Between an indicator's code and its name.
const INDICATOR: u32 = 150;
/// Before the year of a document number.
const DOCUMENT_YEAR: u32 = 100;
/// In an address. From here on a break is not taken while any other way is within the limits.
pub(super) const EMERGENCY: u32 = 1_000_000;

/// What may happen before each atom.
pub(super) fn find(clusters: &[Cluster], sequences: &Sequences, dash_at_start: bool) -> Vec<Break> {
    let table = Table::new(clusters);
    (0..clusters.len())
        .map(|i| {
            if i == 0 {
                return Break::Never;
            }
            match sequences.joints[i] {
                Joint::Solid => Break::Never,
                Joint::Code => Break::Allowed(HYPHEN),
                Joint::Emergency => Break::Allowed(EMERGENCY),
                Joint::Free if !table.allows(i) || is_hard(clusters, i) => Break::Never,
                Joint::Free if clusters[i].kind == Kind::Dash && !dash_at_start => Break::Never,
                Joint::Free => Break::Allowed(soft_cost(clusters, i)),
            }
        })
        .collect()
}

/// The pair rules over a paragraph.
struct Table<'a> {
    clusters: &'a [Cluster],
    /// The last atom before each boundary that is no space.
    solid_before: Vec<Option<usize>>,
    /// The last one that is no ideographic space either: what a line would end with.
    visible_before: Vec<Option<usize>>,
}

impl<'a> Table<'a> {
    fn new(clusters: &'a [Cluster]) -> Table<'a> {
        let last_but = |spaces: &[Kind]| {
            let mut last = None;
            let mut before = Vec::with_capacity(clusters.len());
            for (i, cluster) in clusters.iter().enumerate() {
                before.push(last);
                if !spaces.contains(&cluster.kind) {
                    last = Some(i);
                }
            }
            before
        };
        let solid_before = last_but(&[Kind::Space]);
        let visible_before = last_but(&[Kind::Space, Kind::IdeographicSpace]);
        Table { clusters, solid_before, visible_before }
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        self.clusters.get(i).map(|cluster| cluster.kind)
    }

    /// Whether the pair rules let a line begin with atom `i`.
    fn allows(&self, i: usize) -> bool {
        let (a, b) = (self.clusters[i - 1].kind, self.clusters[i].kind);
        if let Some(decided) = self.decided_by_glue(i, a, b) {
            return decided;
        }
        if never_first(b) || self.is_never_last(i) || self.holds_over_spaces(i, a, b) {
            return false;
        }
        // LB18.
        a == Kind::Space || !self.holds_quote(i, a, b) && !self.holds(i, a, b)
    }

    /// The last atom before a boundary that is no space.
    fn solid(&self, i: usize) -> Option<Kind> {
        self.solid_before[i].map(|p| self.clusters[p].kind)
    }

    /// LB7, LB8, LB11, LB12, LB12a: spaces and invisible characters.
    fn decided_by_glue(&self, i: usize, a: Kind, b: Kind) -> Option<bool> {
        use Kind::*;
        match () {
            () if matches!(b, Space | ZeroSpace) => Some(false),
            () if self.solid(i) == Some(ZeroSpace) => Some(true),
            () if a == Joiner || b == Joiner || a == Glue => Some(false),
            () if b == Glue && !matches!(a, Space | IdeographicSpace | Hyphen) => Some(false),
            () => None,
        }
    }

    /// LB14 and GB/T 15834 §5.1.3, 5.1.9: what no line ends with, spaces dropped. A list marker
    /// belongs to what it marks.
    fn is_never_last(&self, i: usize) -> bool {
        use Kind::*;
        let visible = self.visible_before[i].map(|p| self.clusters[p].kind);
        matches!(visible, Some(Open | NarrowOpen | Slash | Circled))
    }

    /// LB15 to LB17: pairs that hold with spaces between them too.
    fn holds_over_spaces(&self, i: usize, a: Kind, b: Kind) -> bool {
        use Kind::*;
        let solid = self.solid(i);
        match b {
            _ if solid == Some(QuoteOpen) && self.opens_word(i) => true,
            QuoteClose => self.closes_word(i),
            // A decimal point without its nought begins a number.
            Infix => a != Space || self.kind(i + 1) != Some(Digit),
            NoStart | DoubleStop => {
                matches!(solid, Some(Close | NarrowClose | NarrowBrace | Pause))
            }
            Dash => matches!(solid, Some(Dash | Connector)),
            _ => false,
        }
    }

    /// LB19, LB19a: an English quotation mark keeps to its neighbours, but not to East Asian ones.
    fn holds_quote(&self, i: usize, a: Kind, b: Kind) -> bool {
        let after = self.kind(i + 1);
        if is_quote(b) {
            return b != Kind::QuoteOpen && b != Kind::Quote
                || !is_east_asian(a)
                || after.is_none_or(|after| !is_east_asian(after));
        }
        if is_quote(a) {
            let before = i.checked_sub(2).map(|p| self.clusters[p].kind);
            return a != Kind::QuoteClose && a != Kind::Quote
                || !is_east_asian(b)
                || before.is_none_or(|before| !is_east_asian(before));
        }
        false
    }

    /// LB20a to LB30, for two neighbours without a space.
    fn holds(&self, i: usize, a: Kind, b: Kind) -> bool {
        use Kind::*;
        // LB20a: the hyphen of -able.
        if a == Hyphen && b == Letter {
            let before = i.checked_sub(2).map(|p| self.clusters[p].kind);
            if matches!(before, None | Some(Space | IdeographicSpace | Glue | ZeroSpace)) {
                return true;
            }
        }
        match (a, b) {
            // LB21, LB22.
            (_, IdeographicSpace | Hyphen | NoStart | DoubleStop | Ellipsis) => true,
            // LB23 to LB25, LB28, LB30.
            (Letter | Digit | Roman, Letter | Digit | Roman) => true,
            (Prefix, Han | Symbol | Letter | Digit | NarrowOpen | Open) => true,
            (Han | Symbol, Postfix) => true,
            (Letter, Prefix | Postfix) | (Postfix, Letter | Digit) => true,
            (Digit, Postfix | Prefix) | (Hyphen, Digit) => true,
            (NarrowClose | NarrowBrace | Close, Postfix | Prefix) => self.closes_number(i - 1),
            (Postfix, NarrowOpen | Open) => self.kind(i + 1) == Some(Digit),
            // LB25, LB29.
            (Infix, Letter | Digit) => true,
            (Letter | Digit, NarrowOpen) | (NarrowClose, Letter | Digit) => true,
            _ => false,
        }
    }

    /// Whether a bracket closes a number: (12)%.
    fn closes_number(&self, i: usize) -> bool {
        i > 0 && self.clusters[i - 1].kind == Kind::Digit
    }

    /// LB15a: an opening quotation mark where one is expected.
    fn opens_word(&self, i: usize) -> bool {
        use Kind::*;
        let Some(quote) = self.solid_before[i] else { return false };
        let before = quote.checked_sub(1).map(|p| self.clusters[p].kind);
        before.is_none_or(|k| {
            matches!(k, Open | NarrowOpen | Space | ZeroSpace | Glue) || is_quote(k)
        })
    }

    /// LB15b: a closing one where one is expected.
    fn closes_word(&self, i: usize) -> bool {
        use Kind::*;
        self.kind(i + 1).is_none_or(|k| {
            matches!(
                k,
                Space
                    | Glue
                    | Joiner
                    | Close
                    | NarrowClose
                    | NarrowBrace
                    | Pause
                    | Stop
                    | Exclaim
                    | Infix
                    | Slash
                    | ZeroSpace
            ) || is_quote(k)
        })
    }
}

/// LB13 and GB/T 15834 §5.1.1, 5.1.2, 5.1.3, 5.1.6, 5.1.7, 5.1.9: what no line begins with, not
/// after a space either.
fn never_first(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        Pause | Stop | Close | NarrowClose | NarrowBrace | Exclaim | Slash | Connector | Interpunct
    )
}

fn is_quote(kind: Kind) -> bool {
    matches!(kind, Kind::Quote | Kind::QuoteOpen | Kind::QuoteClose)
}

fn is_east_asian(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        Han | NoStart
            | Pause
            | Stop
            | DoubleStop
            | Open
            | Close
            | IdeographicSpace
            | Connector
            | Circled
    )
}

/// Sequences that hold although the pair rules would part them.
fn is_hard(clusters: &[Cluster], i: usize) -> bool {
    let (a, b) = (&clusters[i - 1], &clusters[i]);
    let numeral = |cluster: &Cluster| cluster.kind == Kind::Digit || is_han_numeral(cluster.c);
    // 第155, 第三.
    if a.c == '第' && numeral(b) {
        return true;
    }
    // 〔2019〕12号, 〔2019〕第12号.
    if a.c == '〕' && i >= 2 && clusters[i - 2].kind == Kind::Digit {
        return b.kind == Kind::Digit || b.c == '第';
    }
    // 9亿～16亿: a range does not part after its sign.
    if a.kind == Kind::Connector && b.kind == Kind::Digit && i >= 2 {
        let before = &clusters[i - 2];
        return numeral(before) || before.kind == Kind::Postfix;
    }
    if a.kind != Kind::Digit {
        return false;
    }
    let start = digits_before(clusters, i);
    let after_ordinal = start > 0 && clusters[start - 1].c == '第';
    match b.c {
        '号' => true,
        '年' => i - start == 4,
        _ => after_ordinal && "期届次章条款项页卷册版季".contains(b.c),
    }
}

/// Where the run of digits that ends before `i` begins. Runs are walked once, at their ends.
fn digits_before(clusters: &[Cluster], i: usize) -> usize {
    let mut start = i;
    while start > 0 && clusters[start - 1].kind == Kind::Digit {
        start -= 1;
    }
    start
}

/// What an allowed break costs: the dearest of the rules that advise against it.
fn soft_cost(clusters: &[Cluster], i: usize) -> u32 {
    let rules = [unit_cost, marker_cost, bracket_cost, dash_cost, document_cost];
    rules.iter().map(|rule| rule(clusters, i)).max().unwrap_or(0)
}

/// Number ÷ measure word, 万, 余; a code and its name.
fn unit_cost(clusters: &[Cluster], i: usize) -> u32 {
    if clusters[i].kind != Kind::Han {
        return 0;
    }
    let mut number = i;
    while number > 0 && i - number < 4 && "十百千万亿余多几".contains(clusters[number - 1].c)
    {
        number -= 1;
    }
    if number == 0 || clusters[number - 1].kind != Kind::Digit {
        return 0;
    }
    if number < i {
        return NUMBER_UNIT;
    }
    let start = digits_before(clusters, i);
    let code = start >= 2
        && clusters[start - 1].kind == Kind::Hyphen
        && clusters[start - 2].kind == Kind::Roman;
    if code {
        INDICATOR
    } else if "年月日时".contains(clusters[i].c) || start > 0 && clusters[start - 1].c == '第'
    {
        DATE_UNIT
    } else {
        NUMBER_UNIT
    }
}

/// 一是, （一）, 1. and the first character after them.
fn marker_cost(clusters: &[Cluster], i: usize) -> u32 {
    let at_head = |p: usize| {
        p == 0
            || matches!(
                clusters[p - 1].kind,
                Kind::Stop | Kind::Pause | Kind::Close | Kind::IdeographicSpace | Kind::Space
            )
    };
    let numeral = |p: usize| is_han_numeral(clusters[p].c) || clusters[p].kind == Kind::Digit;
    // Walks over the numeral that ends before `end`; markers have three characters at most.
    let numeral_start = |end: usize| {
        let mut start = end;
        while start > 0 && end - start < 3 && numeral(start - 1) {
            start -= 1;
        }
        start
    };
    let (a, b) = (&clusters[i - 1], &clusters[i]);
    let marked = match a.c {
        '是' if i >= 2 => numeral_start(i - 1) < i - 1 && at_head(numeral_start(i - 1)),
        '、' | '.' | '．' if i >= 2 => {
            let start = numeral_start(i - 1);
            start < i - 1 && (start == 0 || clusters[start - 1].kind == Kind::Stop)
        }
        '）' | ')' if i >= 3 && b.kind == Kind::Han => {
            let start = numeral_start(i - 1);
            start < i - 1 && start > 0 && matches!(clusters[start - 1].c, '（' | '(')
        }
        _ => b.c == '是' && numeral(i - 1) && at_head(numeral_start(i)),
    };
    if marked { LIST_MARKER } else { 0 }
}

/// （甲÷ and ÷甲）: one character cut off at a bracket.
fn bracket_cost(clusters: &[Cluster], i: usize) -> u32 {
    let text = |p: usize| matches!(clusters[p].kind, Kind::Han | Kind::Letter | Kind::Digit);
    let head = i >= 2 && clusters[i - 2].kind == Kind::Open && text(i - 1);
    let tail = i + 1 < clusters.len() && clusters[i + 1].kind == Kind::Close && text(i);
    if head || tail { BRACKET_EDGE } else { 0 }
}

/// Before —— and after the hyphen of a Western compound.
fn dash_cost(clusters: &[Cluster], i: usize) -> u32 {
    let (a, b) = (clusters[i - 1].kind, clusters[i].kind);
    if b == Kind::Dash {
        DASH_START
    } else if a == Kind::Hyphen && b == Kind::Letter {
        HYPHEN
    } else {
        0
    }
}

/// 京政发÷〔2019〕12号.
fn document_cost(clusters: &[Cluster], i: usize) -> u32 {
    let year = clusters[i].c == '〔'
        && clusters.get(i + 1).is_some_and(|next| next.kind == Kind::Digit)
        && clusters[i - 1].kind == Kind::Han;
    if year { DOCUMENT_YEAR } else { 0 }
}
