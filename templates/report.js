// Filtering, for who has script. Without it the page lacks only the forms, which start hidden.
(() => {
  const closed = new Set();
  /** Folded parts open while a filter is set, and close again after. */
  const unfold = (group, filtering) => {
    if (group.tagName !== 'DETAILS') return;
    if (filtering && !group.open) {
      closed.add(group);
      group.open = true;
    } else if (!filtering && closed.delete(group)) group.open = false;
  };
  const filter = (form, items, groups, headingOf) => {
    if (!form || items.length < 2) return;
    form.hidden = false;
    const text = form.querySelector('input[type="search"]');
    const count = form.querySelector('output');
    const boxes = [...form.querySelectorAll('input[type="checkbox"]')];
    const words = new Map();
    // Read when first needed: ten thousand findings are not searched before the first search.
    const wordsOf = (item) => {
      const known = words.get(item) ?? `${item.textContent} ${headingOf(item)}`.toLowerCase();
      words.set(item, known);
      return known;
    };
    const apply = () => {
      const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      const kept = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      let shown = 0;
      for (const item of items) {
        const fits =
          kept.has(item.dataset.of) &&
          (wanted.length === 0 || wanted.every((w) => wordsOf(item).includes(w)));
        item.classList.toggle('filtered-out', !fits);
        if (fits) shown += 1;
      }
      for (const group of groups) {
        group.classList.toggle('filtered-out', !group.querySelector('[data-of]:not(.filtered-out)'));
        unfold(group, wanted.length > 0);
      }
      count.textContent = shown === items.length ? '' : `${shown} of ${items.length} shown`;
    };
    let pending = 0;
    text.addEventListener('input', () => {
      clearTimeout(pending);
      pending = setTimeout(apply, 120);
    });
    form.addEventListener('change', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  filter(
    document.getElementById('filter'),
    all('.finding'),
    all('.rule-group, .severity-group'),
    (finding) => finding.parentElement.querySelector('h4').textContent,
  );
  filter(document.getElementById('workload-filter'), all('.workload'), all('.workload-group'), () => '');
})();

// A link opens its target, folded or not.
(() => {
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target?.closest('details');
    if (details && !details.open) {
      details.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener('hashchange', reveal);
  reveal();
})();

// Paper has nothing to click. The style sheet unfolds everything where ::details-content is known; this does elsewhere.
(() => {
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });
})();
