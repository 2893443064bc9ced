// Filtering, for who has script. Without it the page lacks only the form, which starts hidden.
(() => {
  const form = document.getElementById('filter');
  const articles = [...document.querySelectorAll('.finding')];
  if (!form || articles.length < 2) return;
  form.hidden = false;
  const text = document.getElementById('filter-text');
  const count = document.getElementById('filter-count');
  const words = new Map();
  // Read when first asked for: ten thousand findings are not searched before anybody searches.
  const wordsOf = (article) => {
    const known =
      words.get(article) ??
      `${article.textContent} ${article.parentElement.querySelector('h4').textContent}`.toLowerCase();
    words.set(article, known);
    return known;
  };
  const apply = () => {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(
      [...form.querySelectorAll('input[name="severity"]:checked')].map((box) => box.value),
    );
    let shown = 0;
    for (const article of articles) {
      const fits =
        severities.has(article.dataset.severity) &&
        (wanted.length === 0 || wanted.every((w) => wordsOf(article).includes(w)));
      article.classList.toggle('filtered-out', !fits);
      if (fits) shown += 1;
    }
    for (const group of document.querySelectorAll('.rule-group, .severity-group')) {
      group.classList.toggle('filtered-out', !group.querySelector('.finding:not(.filtered-out)'));
    }
    count.textContent = shown === articles.length ? '' : `${shown} of ${articles.length} shown`;
  };
  let pending = 0;
  text.addEventListener('input', () => {
    clearTimeout(pending);
    pending = setTimeout(apply, 120);
  });
  form.addEventListener('change', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
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
