// The guided tours' page: asks the sandbox once a second how both sides stand, and shows it. Text only, never HTML.
(function () {
  'use strict';

  const EVERY_MS = 1000;
  const FAULTS = {
    healthy: {},
    slow: { latencyMs: 2000 },
    failing: { failureRate: 1, failureStatus: 503 },
    hanging: { hangRate: 1 },
    limited: { rateLimit: 60 }
  };
  const LOOKS = { CLOSED: ['ok', '●'], INACTIVE: ['ok', '●'], OPEN: ['bad', '▲'], ACTIVE: ['bad', '▲'] };

  const WORDS = { CLOSED: 'normal', OPEN: 'catastrophe', HALF_OPEN: 'recovering' };

  const $ = (id) => document.getElementById(id);

  function element(name, text, attributes) {
    const made = document.createElement(name);
    made.textContent = text === undefined || text === null ? '' : String(text);
    Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  function state(value) {
    const look = LOOKS[value] || ['warn', '◆'];
    const made = element('span', '', { class: 'state ' + look[0] });
    const words = WORDS[value] || value.toLowerCase().replace('_', ' ');
    made.append(element('span', look[1], { class: 'shape', 'aria-hidden': 'true' }), words);
    return made;
  }

  function table(heads, rows) {
    if (rows.length === 0) {
      return element('p', 'None.', { class: 'empty' });
    }
    const made = element('table');
    const head = made.createTHead().insertRow();
    heads.forEach((text) => head.append(element('th', text, { scope: 'col' })));
    const body = made.createTBody();
    rows.forEach((cells) => {
      const row = body.insertRow();
      cells.forEach((cell) => row.insertCell().append(cell instanceof Node ? cell : document.createTextNode(cell === null || cell === undefined ? '' : String(cell))));
    });
    return made;
  }

  // Only what differs is replaced, so that nothing flickers or loses its place.
  function put(id, made) {
    const place = $(id);
    if (place.innerHTML !== made.outerHTML) {
      place.replaceChildren(made);
    }
  }

  async function ask(method, path, body) {
    const answer = await fetch(path, {
      method: method,
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body)
    });
    const text = await answer.text();
    const json = text === '' ? {} : JSON.parse(text);
    if (!answer.ok) {
      throw new Error(json.detail || String(answer.status));
    }
    return json;
  }

  function notice(kind, text) {
    $('notice').replaceChildren(element('p', text, { class: 'notice ' + kind }));
  }

  function act(work, words) {
    work.then(() => notice('done', words), (problem) => notice('problem', problem.message));
  }

  function showTour(tour) {
    const steps = tour.steps.map((step) => {
      const item = element('li', step.title, { 'data-state': step.state });
      item.append(element('span', ': ' + step.state, { class: 'hidden' }));
      return item;
    });
    const before = Array.from($('steps').children).map((item) => item.outerHTML).join('');
    if (before !== steps.map((item) => item.outerHTML).join('')) {
      $('steps').replaceChildren(...steps);
    }
    const result = tour.problem || (tour.recovered ? 'Recovered: everything is as it was.' : '');
    if ($('tour-result').textContent !== result) {
      $('tour-result').textContent = result;
    }
    document.querySelectorAll('[data-tour]').forEach((button) => { button.disabled = tour.running; });
  }

  function show(now) {
    showTour(now.tour);
    put('topics', table(['Topic', 'Mode', 'Calls', 'Master'], now.topics.map((topic) =>
      [topic.topic, state(topic.state), topic.count + ' of ' + topic.threshold, topic.masterNumber])));
    put('groups', table(['Group', 'Genesys is', 'Why'], now.groups.map((group) =>
      [group.group, state(group.state), group.reason])));
    const routing = now.routing.routingConfiguration || {};
    put('routing', table(['State', 'Queues', 'Priority', 'Reason'], now.routing.state
      ? [[state(now.routing.state), (routing.queueIds || []).join(', '), routing.priority, now.routing.reason]] : []));
    put('traffic', table(['Vendor', 'All', 'Most in 60 s'], Object.entries(now.traffic).map(([vendor, seen]) =>
      [vendor, seen.total, seen.maxPer60s])));
    const heads = ['Number', 'Short description', 'State', 'Calls noted', 'Updated (UTC)'];
    const row = (one) => [one.number.value, one.short_description.value, one.state.display_value,
      one.u_calls_noted.value, one.sys_updated_on.value];
    put('masters', table(heads, now.masters.map(row)));
    put('incidents', table(heads, now.incidents.map(row)));
    const calls = now.calls;
    $('progress').textContent = calls.started === 0 ? '' : calls.started + ' calls begun, wrap-ups ' +
      JSON.stringify(calls.wrapUps).replace(/[{}"]/g, '') + (calls.running ? '' : '; over');
    const faulty = now.faulty.map((vendor) => {
      const item = element('li', vendor);
      item.append(' ', state('FAULTY'));
      return item;
    });
    $('faulty').replaceChildren(...faulty);
    $('live').dataset.state = 'on';
    $('live-state').textContent = 'Live';
  }

  async function look() {
    try {
      show(await ask('GET', '/sandbox/tour/state'));
    } catch (problem) {
      $('live').dataset.state = 'off';
      $('live-state').textContent = 'Not live: trying again';
    }
    setTimeout(look, EVERY_MS);
  }

  document.querySelectorAll('[data-tour]').forEach((button) => button.addEventListener('click', () =>
    act(ask('POST', '/sandbox/tour', { name: button.dataset.tour }), 'The tour begins.')));
  $('calls').addEventListener('submit', (event) => {
    event.preventDefault();
    act(ask('POST', '/sandbox/calls', {
      count: Number($('count').value), perSecond: Number($('per-second').value), topic: $('topic').value
    }), 'They ring.');
  });
  $('fault').addEventListener('submit', (event) => {
    event.preventDefault();
    act(ask('PUT', '/sandbox/faults/' + $('vendor').value, FAULTS[$('fault-set').value]), 'Switched.');
  });
  look();
})();
