// The search: item by item through the years, the latest first, so that what is shown first is there
// at once.

var SHOWN = 50;
var running = 0;

// What is asked for: {q, unit, ref, from, to, series}, months as 2019-03.
function isSearch(query) {
  return Boolean(query.q || query.unit || query.ref || query.from || query.to);
}

function inPeriod(query, first, last) {
  return (!query.from || last.slice(0, 7) >= query.from) && (!query.to || first.slice(0, 7) <= query.to);
}

function isWanted(query, issue, item, words) {
  if (query.unit && item.units.indexOf(query.unit) < 0) { return false; }
  if (query.ref && !item.refs.some(function (ref) { return ref.split(' ')[0] === query.ref; })) { return false; }
  for (var i = 0; i < words.length; i += 1) {
    if (find(words[i], item.text, 0) < 0 && find(words[i], item.about, 0) < 0) { return false; }
  }
  return true;
}

// Goes through a part; adds to what was found: {issues, hits, of}.
function scan(part, query, words, number, found) {
  part.list.forEach(function (issue) {
    if (query.series && DATA.series[issue.series].id !== query.series) { return; }
    if (!inPeriod(query, issue.date, issue.date)) { return; }
    if (number && issue.number === number && !query.unit && !query.ref) { found.issues.push(issue); }
    var before = found.hits.length;
    issue.items.forEach(function (item) {
      if (isWanted(query, issue, item, words)) { found.hits.push({ issue: issue, item: item }); }
    });
    if (found.hits.length > before) { found.of += 1; }
    if (issue.date > found.last) { found.sorted = found.sorted && found.last === ''; }
    found.last = issue.date;
  });
}

// 155, 第155期.
function numberOf(text) {
  var found = /^第?\s*(\d{1,5})\s*期?$/.exec(text.replace(/^[\s\u3000]+|[\s\u3000]+$/g, ''));
  return found ? +found[1] : 0;
}

function search(query) {
  running += 1;
  var mine = running;
  var words = wordsOf(query.q || ''), number = numberOf(query.q || '');
  var found = { issues: [], hits: [], of: 0, sorted: true, last: '' };
  var wrong = [];
  var list = parts.filter(function (part) { return inPeriod(query, part.first, part.last); });
  var result = byId('result');
  var issues = el('ol', { 'class': 'issues' }), hits = el('ol', { 'class': 'hits' });
  var button = moreButton(SHOWN, function () { limit += SHOWN; draw(); });
  var limit = SHOWN, drawn = 0, cards = 0, cleared = false;

  var draw = function () {
    if (!cleared) {
      empty(result);
      [el('h2', { 'class': 'unseen' }, ['查到的内容']), issues, hits, button].forEach(function (element) { result.appendChild(element); });
      cleared = true;
    }
    for (; cards < found.issues.length && cards < SHOWN; cards += 1) { issues.appendChild(issueElement(found.issues[cards])); }
    for (; drawn < found.hits.length && drawn < limit; drawn += 1) { hits.appendChild(hitElement(found.hits[drawn], words)); }
    button.hidden = drawn >= found.hits.length;
  };

  // Until something is found or nothing can be, the result of before stays: no flicker.
  loadAll(list, function (part, failed) {
    if (mine !== running) { return false; }
    if (failed) { wrong.push(failed); return true; }
    scan(part, query, words, number, found);
    if (drawn < limit && (found.hits.length > drawn || found.issues.length > cards)) { draw(); }
    say('正在查' + part.year + '年的简报……已找到' + found.hits.length + '条', []);
    return true;
  }, function () {
    if (mine !== running) { return; }
    if (!found.sorted) {
      found.hits.sort(function (a, b) { return a.issue.date < b.issue.date ? 1 : a.issue.date > b.issue.date ? -1 : 0; });
      empty(hits);
      drawn = 0;
    }
    draw();
    say(summary(query, found), wrong);
  });
}

function summary(query, found) {
  var text = found.hits.length ? '找到' + found.hits.length + '条，在' + found.of + '期中，新的在前' : '没有找到';
  if (found.issues.length) { text = '期号相同的有' + found.issues.length + '期；' + text; }
  if (!found.hits.length && !found.issues.length) {
    text += '。可以换一个更短的词，或放宽单位、指标和时间';
  }
  return text;
}
