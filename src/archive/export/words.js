// What is looked for, and where it stands in a text. A word is found as it is written, of any
// length; half and full width, small and capital letters are the same. Texts are not folded for
// this, since a second copy of an archive's text is too much: what a character may look like is
// put into the pattern that is searched for, and a match is always as long as the word.

var ROMAN = 'ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ';
var LETTERS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
var ALIKE = ['-－—–‐−', '"“”„＂', "'‘’＇", '~～〜', '·•・'];
var END = /[。！？；!?\n]/;
var CLOSING = /[”’」』）)》〉】]/;

function wordsOf(text) {
  var words = [];
  text.split(/[\s\u3000]+/).forEach(function (word) {
    if (word) { words.push(patternOf(romanIn(word))); }
  });
  return words;
}

// III-17, as keyboards have it, is printed Ⅲ-17.
function romanIn(word) {
  var found = /^([IVXivx]{1,4})(?=[-－—–‐−]?\d)/.exec(word);
  var at = found ? LETTERS.indexOf(found[1].toUpperCase()) : -1;
  return at < 0 ? word : ROMAN.charAt(at) + word.slice(found[1].length);
}

function patternOf(word) {
  var pattern = '', plain = true;
  word.split('').forEach(function (c) {
    var forms = formsOf(c);
    if (forms.length > 1) { plain = false; }
    pattern += forms.length > 1 ? '[' + forms.replace(/[\]\\^-]/g, '\\$&') + ']' : forms.replace(/[.*+?^${}()|[\]\\\/]/g, '\\$&');
  });
  return { text: word, length: word.length, pattern: plain ? null : new RegExp(pattern, 'g') };
}

// All that a character may look like.
function formsOf(c) {
  var code = c.charCodeAt(0), i;
  for (i = 0; i < ALIKE.length; i += 1) {
    if (ALIKE[i].indexOf(c) >= 0) { return ALIKE[i]; }
  }
  if (code >= 0x2170 && code <= 0x217B) { c = ROMAN.charAt(code - 0x2170); }
  if (code >= 0xFF01 && code <= 0xFF5E) { c = String.fromCharCode(code - 0xFEE0); code = c.charCodeAt(0); }
  if (code < 0x21 || code > 0x7E) { return c; }
  var forms = '';
  [c.toLowerCase(), c.toUpperCase()].forEach(function (form) {
    if (forms.indexOf(form) < 0) { forms += form + String.fromCharCode(form.charCodeAt(0) + 0xFEE0); }
  });
  return forms;
}

// Where a word stands, from `from` on; -1 for nowhere.
function find(word, text, from) {
  if (!word.pattern) { return text.indexOf(word.text, from); }
  word.pattern.lastIndex = from;
  var found = word.pattern.exec(text);
  return found ? found.index : -1;
}

// The text in pieces, those that are words marked: [{text, marked}].
function pieces(text, words) {
  var all = [], at = 0;
  var next = words.map(function (word) { return find(word, text, 0); });
  for (;;) {
    var best = -1, i;
    for (i = 0; i < words.length; i += 1) {
      if (next[i] >= 0 && next[i] < at) { next[i] = find(words[i], text, at); }
      if (next[i] < 0) { continue; }
      if (best < 0 || next[i] < next[best] || (next[i] === next[best] && words[i].length > words[best].length)) { best = i; }
    }
    if (best < 0) { break; }
    if (next[best] > at) { all.push({ text: text.slice(at, next[best]), marked: false }); }
    at = next[best] + words[best].length;
    all.push({ text: text.slice(next[best], at), marked: true });
  }
  if (at < text.length) { all.push({ text: text.slice(at), marked: false }); }
  return all;
}

// The sentence around a place, no more of it than fits three lines: {start, end, text}.
function sentenceAt(text, at, least) {
  var BEFORE = 60, AFTER = 90;
  var start = at, end = at;
  while (start > least && !END.test(text.charAt(start - 1))) { start -= 1; }
  while (start < at && CLOSING.test(text.charAt(start))) { start += 1; }
  while (end < text.length && !END.test(text.charAt(end))) { end += 1; }
  if (end < text.length && text.charAt(end) !== '\n') { end += 1; }
  while (end < text.length && CLOSING.test(text.charAt(end))) { end += 1; }
  var from = whole(text, Math.max(start, at - BEFORE)), to = whole(text, Math.min(end, at + AFTER));
  var shown = (from > start ? '…' : '') + text.slice(from, to) + (to < end ? '…' : '');
  return { start: start, end: end, text: shown.replace(/^[\s\u3000]+/, '') };
}

// Never between the two halves of a rare character.
function whole(text, at) {
  var code = text.charCodeAt(at);
  return code >= 0xDC00 && code <= 0xDFFF ? at - 1 : at;
}

// Where an item's text begins after its own title, which stands above it anyway.
function bodyOf(item) {
  var after = item.text.charAt(item.name.length);
  return item.text.indexOf(item.name) === 0 && (after === '\u3000' || after === '\n') ? item.name.length + 1 : 0;
}

// The sentences that show why an item was found, three at most: {at, sentences}.
function excerpt(item, words) {
  var body = bodyOf(item), sentences = [], first = -1;
  words.forEach(function (word) {
    var at = find(word, item.text, body);
    if (at < 0 || sentences.length === 3) { return; }
    var known = sentences.some(function (sentence) { return at >= sentence.start && at < sentence.end && sentence.text.length >= sentence.end - sentence.start; });
    if (!known) { sentences.push(sentenceAt(item.text, at, body)); }
    if (first < 0 || at < first) { first = at; }
  });
  if (!sentences.length) { sentences.push(sentenceAt(item.text, body, body)); first = body; }
  sentences.sort(function (a, b) { return a.start - b.start; });
  return { at: first, sentences: sentences };
}

// The page on which a character of an item stands.
function pageOf(item, at) {
  var page = item.pages[0][1];
  item.pages.forEach(function (turn) { if (turn[0] <= at) { page = turn[1]; } });
  return page;
}
