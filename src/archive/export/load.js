// The data, loaded when it is needed: a script for each year or part of a year. A page opened from a
// folder may load scripts but not read files.

var parts = DATA.parts;
var waiting = {};

parts.forEach(function (part) { part.list = null; });

// What each script of the data calls.
window.hongtouPart = function (file, text) {
  parts.forEach(function (part) {
    if (part.file === file) { part.list = JSON.parse(text).map(issueOf); }
  });
};

function issueOf(issue) {
  issue.folder = 'pdf/' + DATA.series[issue.series].id + '/' + issue.year + '/' + issue.id + '-r';
  issue.items.forEach(function (item) {
    item.units = item.units || [];
    item.refs = item.refs || [];
    // What it can be found by beside its text.
    item.about = [item.name, item.section || ''].concat(item.units, item.refs).join('\n');
  });
  return issue;
}

// The address of a PDF at a page; of the latest revision unless another is named.
function pdfOf(issue, page, revision) {
  return issue.folder + (revision || issue.revision) + '.pdf' + (page > 1 ? '#page=' + page : '');
}

// Calls `done` when a part is there, with what is wrong or nothing.
function load(part, done) {
  if (part.list) { done(''); return; }
  if (waiting[part.file]) { waiting[part.file].push(done); return; }
  waiting[part.file] = [done];
  var script = document.createElement('script');
  var end = function () {
    var all = waiting[part.file];
    delete waiting[part.file];
    script.parentNode.removeChild(script);
    var wrong = part.list ? '' : part.year + '年的数据读不出来（' + part.file + '）：网页可能刚更新过，请刷新；仍不行则重新导出';
    all.forEach(function (done) { done(wrong); });
  };
  script.charset = 'utf-8';
  script.onload = end;
  script.onerror = end;
  script.src = part.file;
  document.body.appendChild(script);
}

// Loads one after the other; `each` is called after each, and stops it by returning false.
function loadAll(list, each, end) {
  var begin = Date.now();
  var next = function (i) {
    if (i === list.length) { end(); return; }
    load(list[i], function (wrong) {
      if (each(list[i], wrong) === false) { return; }
      // Typing goes before searching.
      if (Date.now() - begin < 15) { next(i + 1); return; }
      setTimeout(function () { begin = Date.now(); next(i + 1); }, 0);
    });
  };
  next(0);
}
