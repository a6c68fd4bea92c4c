/** The page's only script: copy buttons, following what is still written, and opening everything for print. Without it, nothing is missing. */
export const pageScript = `
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const command = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(command);
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}
for (const bar of document.querySelectorAll('[data-refresh-s]')) {
  const [said, button] = bar.children;
  let timer;
  const follow = () => {
    timer = setTimeout(() => location.reload(), bar.dataset.refreshS * 1000);
    said.textContent = 'It goes on, and this page is loaded again every ' + bar.dataset.refreshS + ' s.';
    button.textContent = 'Stop following';
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    said.textContent = 'It goes on, and this page stays as it is.';
    button.textContent = 'Follow';
  };
  button.hidden = false;
  button.addEventListener('click', () => (timer === undefined ? follow() : stop()));
  follow();
}
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
`;
