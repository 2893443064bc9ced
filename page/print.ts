/**
 * On paper the page is what it is without scripts: that text is within `noscript`, where it costs no elements, and becomes
 * part of the page when it is printed.
 */
export function printing(): void {
  const unfold = () => {
    const paper = document.getElementById('paper');
    const text = document.getElementById('static')?.textContent;
    // The renderer wrote and escaped this text for HTML; the page's policy lets nothing in it run.
    if (paper && paper.childElementCount === 0 && text) paper.innerHTML = text;
  };
  addEventListener('beforeprint', unfold);
  matchMedia('print').addEventListener('change', (event) => {
    if (event.matches) unfold();
  });
}
