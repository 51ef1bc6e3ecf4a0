// What the pages can do more with a script: copy, count down, and follow a code. Every page works without it.
"use strict";

function offerCopy(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(source.textContent);
        button.textContent = button.dataset.done;
      } catch {
        // Not allowed here: the code is selected, the person copies it.
        getSelection().selectAllChildren(source);
      }
    });
  }
}

function countDown(root) {
  for (const left of root.querySelectorAll("[data-seconds]")) {
    const end = performance.now() + 1000 * Number(left.dataset.seconds);
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds === 0 || !left.isConnected) clearInterval(timer);
    }, 500);
  }
}

// Asks what became of the code; the service answers when something has.
async function follow(live) {
  let failures = 0;
  while (live.hasAttribute("data-open")) {
    try {
      const answer = await fetch(`${live.dataset.state}?mark=${encodeURIComponent(live.dataset.mark)}`);
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const { mark, next } = await answer.json();
      failures = 0;
      if (next) return location.assign(next);
      if (mark !== live.dataset.mark) await renew(live);
    } catch {
      failures += 1;
      await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** failures, 30000)));
    }
  }
}

// Takes the region from the page as the service writes it now, so that focus and place are kept.
async function renew(live) {
  const answer = await fetch(location.href);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const latest = page.getElementById("live");
  if (!latest) return location.reload();
  live.replaceChildren(...latest.childNodes);
  live.dataset.mark = latest.dataset.mark;
  live.toggleAttribute("data-open", latest.hasAttribute("data-open"));
  offerCopy(live);
  countDown(live);
}

offerCopy(document);
countDown(document);
const live = document.getElementById("live");
if (live) follow(live);
