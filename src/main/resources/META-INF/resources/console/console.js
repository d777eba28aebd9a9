// What pages do beyond htmx: tell whether they are live, be so only while they are seen, and draw the chart of the table
// beside it.
(function () {
  'use strict';

  const charts = new Map();

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function live(state, words) {
    const line = document.getElementById('live');
    if (line) {
      line.dataset.state = state;
      document.getElementById('live-state').textContent = words;
    }
  }

  function draw(table) {
    const name = table.dataset.chartSource;
    const place = document.querySelector('[data-chart="' + name + '"]');
    if (!place || !window.uPlot) {
      return;
    }
    const rows = Array.from(table.tBodies[0].rows);
    const heads = Array.from(table.tHead.rows[0].cells).slice(1).map((cell) => cell.textContent);
    const data = [rows.map((row) => Date.parse(row.cells[0].firstElementChild.dateTime) / 1000)];
    heads.forEach((head, i) => data.push(rows.map((row) => Number(row.cells[i + 1].textContent))));
    const strokes = ['--line-1', '--line-2', '--line-3'].map(colour);
    const dashes = [[], [6, 4], [2, 3]];
    const axis = { stroke: colour('--text'), grid: { stroke: colour('--edge') }, ticks: { stroke: colour('--edge') } };
    const options = {
      width: Math.max(240, place.clientWidth),
      height: 180,
      cursor: { show: false },
      legend: { live: false },
      tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
      scales: { y: { range: (chart, min, max) => [0, Math.max(5, max)] } },
      axes: [axis, Object.assign({ size: 56 }, axis)],
      series: [{}].concat(heads.map((head, i) => ({ label: head, stroke: strokes[i], width: 2, dash: dashes[i], points: { show: false } })))
    };
    const old = charts.get(name);
    if (old) {
      old.destroy();
    }
    place.replaceChildren();
    charts.set(name, new window.uPlot(options, data, place));
  }

  function drawAll() {
    document.querySelectorAll('table[data-chart-source]').forEach(draw);
  }

  // A browser opens six connections to a server by HTTP/1.1, and a stream keeps one: a page that nobody sees gives its own
  // back, so that a seventh tab opens, too. Seen again, it is sent all panels as they are then.
  let stream = null;

  function liveWhileSeen(htmx) {
    const connect = htmx.createEventSource;
    htmx.createEventSource = (address) => {
      if (stream) {
        stream.close();
      }
      stream = connect(address);
      if (document.hidden) {
        stream.close();
      }
      return stream;
    };
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && stream) {
        stream.close();
      } else if (stream) {
        live('waiting', 'Connecting');
        // As htmx tells its extension of an element at first: the stream's own, then those that it changes.
        [document.body].concat(Array.from(document.querySelectorAll('[sse-swap]'))).forEach((element) =>
          htmx.trigger(element, 'htmx:afterProcessNode'));
      }
    });
  }

  if (window.htmx && window.htmx.createEventSource) {
    liveWhileSeen(window.htmx);
  }
  document.addEventListener('htmx:sseOpen', () => live('on', 'Live'));
  document.addEventListener('htmx:sseError', () => live('off', 'Not live: connecting again'));
  document.addEventListener('htmx:sseMessage', (event) => {
    event.target.querySelectorAll('table[data-chart-source]').forEach(draw);
  });
  // What an operator has unfolded stays so when its panel is replaced.
  document.addEventListener('htmx:sseBeforeMessage', (event) => {
    const open = Array.from(event.target.querySelectorAll('details[open] > summary[id]')).map((summary) => summary.id);
    if (open.length > 0) {
      event.target.addEventListener('htmx:sseMessage', () => {
        open.map((id) => document.getElementById(id)).filter(Boolean).forEach((summary) => {
          summary.parentElement.open = true;
        });
      }, { once: true });
    }
  });
  window.addEventListener('resize', drawAll);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  drawAll();
})();
