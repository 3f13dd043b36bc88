// What the page shows follows from its address: `#year=2019`, `#q=志愿服务&unit=区民政局`. So it can be
// kept as a bookmark, and the browser's own buttons go back and forth.

var FIELDS = { q: 'words', unit: 'unit', ref: 'ref', from: 'from', to: 'to', series: 'series' };
var BATCH = 300;
var typing = 0;
var composing = false;
var listed = null;

// The years, each once, the latest first: [{year, parts, issues}].
var years = [];
parts.forEach(function (part) {
  var last = years[years.length - 1];
  if (!last || last.year !== part.year) {
    last = { year: part.year, parts: [], issues: 0 };
    years.push(last);
  }
  last.parts.push(part);
  last.issues += part.issues;
});

function say(text, wrong) {
  var status = byId('status');
  empty(status);
  status.appendChild(document.createTextNode(text));
  wrong.forEach(function (text) { status.appendChild(el('span', { 'class': 'wrong' }, [' ' + text + '。'])); });
}

function fromAddress() {
  var query = {};
  location.hash.replace(/^#/, '').split('&').forEach(function (pair) {
    var at = pair.indexOf('=');
    if (at <= 0) { return; }
    try { query[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (ignored) { /* not ours */ }
  });
  return query;
}

function addressOf(query) {
  var pairs = Object.keys(query).filter(function (key) { return query[key]; });
  return '#' + pairs.map(function (key) { return key + '=' + encodeURIComponent(query[key]); }).join('&');
}

function fromForm() {
  var query = {};
  Object.keys(FIELDS).forEach(function (key) {
    var value = byId(FIELDS[key]).value.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
    if (key === 'from' || key === 'to') { value = monthOf(value); }
    if (value) { query[key] = value; }
  });
  return query;
}

// 2019-3, 2019年3月, 201903 where the browser has no field for months.
function monthOf(text) {
  var found = /^(\d{4})\D*(\d{1,2})\D*$/.exec(text);
  return found && +found[2] >= 1 && +found[2] <= 12 ? found[1] + '-' + ('0' + +found[2]).slice(-2) : '';
}

function toForm(query) {
  Object.keys(FIELDS).forEach(function (key) {
    var field = byId(FIELDS[key]), value = query[key] || '';
    // What is being typed is left alone.
    if (field.value.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '') !== value && !(field === document.activeElement && composing)) { field.value = value; }
  });
}

function show() {
  var query = fromAddress();
  toForm(query);
  if (isSearch(query)) {
    listed = null;
    showYears(0, query);
    search(query);
    return;
  }
  running += 1;
  var year = years.filter(function (year) { return String(year.year) === query.year; })[0] || years[0];
  list(year, query);
}

function showYears(current, query) {
  var nav = byId('years');
  empty(nav);
  nav.appendChild(el('ul', {}, years.map(function (year) {
    var attributes = { href: addressOf({ year: String(year.year), series: query.series }) };
    if (year.year === current) { attributes['aria-current'] = 'page'; }
    return el('li', {}, [el('a', attributes, [year.year + '年'])]);
  })));
}

// The issues of a year, the latest first, by months.
function list(year, query) {
  var key = year.year + '/' + (query.series || '');
  if (listed && listed.key === key) { listed.go(query.month); return; }
  var mine = running;
  showYears(year.year, query);
  say('正在载入' + year.year + '年的简报……', []);
  var issues = [], wrong = [];
  loadAll(year.parts, function (part, failed) {
    if (mine !== running) { return false; }
    if (failed) { wrong.push(failed); return true; }
    part.list.forEach(function (issue) {
      if (!query.series || DATA.series[issue.series].id === query.series) { issues.push(issue); }
    });
    return true;
  }, function () {
    if (mine !== running) { return; }
    listed = { key: key, go: drawList(year, issues, query) };
    say(year.year + '年共' + issues.length + '期', wrong);
    listed.go(query.month);
  });
}

// Draws a year; gives back what brings a month into view.
function drawList(year, issues, query) {
  var result = byId('result'), drawn = 0, month = '', box = null, headings = {}, months = [];
  issues.forEach(function (issue) {
    var name = issue.date.slice(0, 7);
    if (months[months.length - 1] !== name) { months.push(name); }
  });
  var draw = function (until) {
    var end = Math.min(issues.length, Math.max(drawn + BATCH, until));
    for (; drawn < end; drawn += 1) {
      if (issues[drawn].date.slice(0, 7) !== month) {
        month = issues[drawn].date.slice(0, 7);
        headings[month] = el('h2', { tabindex: '-1' }, [+month.slice(0, 4) + '年' + +month.slice(5) + '月']);
        box = el('ol', { 'class': 'issues' });
        result.insertBefore(headings[month], button);
        result.insertBefore(box, button);
      }
      box.appendChild(issueElement(issues[drawn]));
    }
    button.hidden = drawn === issues.length;
  };
  var button = moreButton(BATCH, function () { draw(0); });
  empty(result);
  result.appendChild(button);
  draw(0);
  if (months.length > 1) {
    byId('years').appendChild(el('ul', { 'class': 'months', 'aria-label': '月份' }, months.map(function (name) {
      var href = addressOf({ year: String(year.year), month: name, series: query.series });
      var label = (+name.slice(0, 4) === year.year ? '' : +name.slice(0, 4) + '年') + +name.slice(5) + '月';
      return el('li', {}, [el('a', { href: href }, [label])]);
    })));
  }
  return function (name) {
    if (!name) { return; }
    while (!headings[name] && drawn < issues.length) { draw(0); }
    if (headings[name]) { headings[name].scrollIntoView(); headings[name].focus(); }
  };
}

// `keep` leaves the address of before in the browser's history.
function go(query, keep) {
  var address = addressOf(query);
  if (address === location.hash || (address === '#' && !location.hash)) { return; }
  if (keep) { location.hash = address; } else { location.replace(address); }
}

function compare(a, b) {
  try { return a.localeCompare(b, 'zh-CN'); } catch (ignored) { return a < b ? -1 : a > b ? 1 : 0; }
}

function start() {
  var options = function (id, list) {
    list.forEach(function (one) { byId(id).appendChild(el('option', { value: one[0] }, [one[1]])); });
  };
  var units = DATA.units.slice().sort(function (a, b) { return compare(a[0], b[0]); });
  options('unit', units.map(function (unit) { return [unit[0], unit[0] + '（' + unit[1] + '）']; }));
  options('ref', indicators());
  options('series', DATA.series.map(function (series) { return [series.id, series.name]; }));
  byId('series-filter').hidden = DATA.series.length < 2;

  var changed = function () { go(fromForm(), false); };
  var typed = function () {
    if (composing) { return; }
    clearTimeout(typing);
    typing = setTimeout(changed, 120);
  };
  byId('words').addEventListener('input', typed);
  // Letters of an input method are no words yet.
  byId('words').addEventListener('compositionstart', function () { composing = true; });
  byId('words').addEventListener('compositionend', function () { composing = false; typed(); });
  ['unit', 'ref', 'from', 'to', 'series'].forEach(function (id) { byId(id).addEventListener('change', changed); });
  byId('form').addEventListener('submit', function (event) {
    event.preventDefault();
    clearTimeout(typing);
    go(fromForm(), true);
  });
  var clear = function () { byId('form').reset(); go({}, true); byId('words').focus(); };
  byId('clear').addEventListener('click', clear);
  byId('skip').addEventListener('click', function (event) { event.preventDefault(); byId('result').focus(); });
  document.addEventListener('keydown', function (event) {
    var field = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === '/' && !field && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      byId('words').focus();
      byId('words').select();
    } else if ((event.key === 'Escape' || event.key === 'Esc') && event.target === byId('words') && !composing) {
      event.preventDefault();
      clear();
    }
  });
  window.addEventListener('hashchange', show);
  show();
}

// The indicators, Ⅱ before Ⅲ and 9 before 10; one that was given several names stands once.
function indicators() {
  var known = {}, codes = [];
  DATA.refs.forEach(function (ref) {
    var code = ref[0].split(' ')[0], name = ref[0].slice(code.length + 1);
    if (!known[code]) { known[code] = { code: code, name: name, most: 0, count: 0 }; codes.push(known[code]); }
    known[code].count += ref[1];
    if (name && ref[1] > known[code].most) { known[code].name = name; known[code].most = ref[1]; }
  });
  var key = function (code) {
    var digits = (/\d+/.exec(code) || ['0'])[0];
    return code.charAt(0) + ('00000' + digits).slice(-6) + code;
  };
  codes.sort(function (a, b) { return key(a.code) < key(b.code) ? -1 : 1; });
  return codes.map(function (one) { return [one.code, one.code + ' ' + one.name + '（' + one.count + '）']; });
}

start();
