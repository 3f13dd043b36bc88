// Elements of the page. All that comes from the archive goes in as text, never as HTML.

function el(name, attributes, children) {
  var element = document.createElement(name);
  Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
  (children || []).forEach(function (child) {
    element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  });
  return element;
}

function empty(element) {
  while (element.firstChild) { element.removeChild(element.firstChild); }
}

function byId(id) { return document.getElementById(id); }

// 2019-03-14 as 2019年3月14日.
function dateOf(date) {
  var parts = date.split('-');
  return +parts[0] + '年' + +parts[1] + '月' + +parts[2] + '日';
}

function marked(text, words) {
  return pieces(text, words).map(function (piece) {
    return piece.marked ? el('mark', {}, [piece.text]) : piece.text;
  });
}

function linkTo(href, children, label) {
  var attributes = { href: href, target: '_blank', rel: 'noopener' };
  if (label) { attributes['aria-label'] = label; }
  return el('a', attributes, children);
}

// 门头沟区……工作快报第155期, where there are several bulletins.
function titleOf(issue) {
  return (DATA.series.length > 1 ? DATA.series[issue.series].name : '') + issue.name;
}

// An issue in a list: number, date, headlines.
function issueElement(issue) {
  var facts = [dateOf(issue.date) + '\u3000' + issue.pages + '页'];
  if (issue.revision > 1) {
    facts.push('\u3000', el('span', { 'class': 'mark' }, ['更正']), '第' + issue.revision + '版');
    (issue.earlier || []).forEach(function (revision) {
      facts.push('\u3000', linkTo(pdfOf(issue, 1, revision), ['第' + revision + '版（已更正）']));
    });
  }
  var lines = issue.items.map(function (item) {
    var page = item.pages[0][1];
    return el('li', {}, [
      el('span', { 'class': 'name' }, [linkTo(pdfOf(issue, page), [item.name])]),
      el('span', { 'class': 'dots', 'aria-hidden': 'true' }),
      el('span', { 'class': 'page' }, ['第' + page + '页'])
    ]);
  });
  return el('li', {}, [
    el('h3', {}, [linkTo(pdfOf(issue, 1), [titleOf(issue)], titleOf(issue) + '，' + dateOf(issue.date) + '，PDF')]),
    el('p', { 'class': 'facts' }, facts),
    el('ol', { 'class': 'lines' }, lines)
  ]);
}

// An item that was found.
function hitElement(hit, words) {
  var item = hit.item, issue = hit.issue;
  var shown = excerpt(item, words);
  var page = pageOf(item, shown.at);
  var facts = [titleOf(issue), dateOf(issue.date), '第' + page + '页'];
  if (item.section) { facts.push(item.section); }
  if (item.units.length) { facts.push(item.units.join('、')); }
  facts = facts.concat(item.refs).map(function (fact) { return el('span', {}, marked(fact, words)); });
  if (issue.revision > 1) { facts.unshift(el('span', { 'class': 'mark' }, ['更正'])); }
  var quote = el('blockquote', {}, shown.sentences.map(function (sentence) {
    return el('p', {}, marked(sentence.text, words));
  }));
  var whole = el('button', { type: 'button', 'aria-expanded': 'false' }, ['全文']);
  whole.onclick = function () { unfold(whole, quote, item, words); };
  var open = linkTo(pdfOf(issue, page), ['PDF第' + page + '页'], titleOf(issue) + '，PDF第' + page + '页');
  return el('li', {}, [
    el('h3', {}, [linkTo(pdfOf(issue, page), marked(item.name, words))]),
    el('p', { 'class': 'facts' }, facts),
    quote,
    el('p', { 'class': 'actions' }, [open, whole])
  ]);
}

// The whole text of an item instead of its sentences, and back.
function unfold(button, quote, item, words) {
  var open = button.getAttribute('aria-expanded') === 'true';
  if (open) {
    quote.parentNode.removeChild(quote.nextSibling);
  } else {
    var text = el('div', { 'class': 'text' }, item.text.split('\n').map(function (line) {
      return el('p', {}, marked(line, words));
    }));
    quote.parentNode.insertBefore(text, quote.nextSibling);
  }
  quote.hidden = !open;
  button.setAttribute('aria-expanded', String(!open));
  button.firstChild.nodeValue = open ? '全文' : '收起';
}

// Elements of a long list, some at a time. `make` makes the next ones; `more` says whether there are
// others.
function moreButton(count, action) {
  var button = el('button', { type: 'button', 'class': 'more' }, ['再显示' + count + '个']);
  button.onclick = action;
  return button;
}
