// What one writes in a form with data-keep is kept on the server: a second after the last change, once more when the
// page is left, and again until the server has answered. Without a script the form itself is kept when it is refused.
const PAUSE = 1000;
const AGAIN = 10000;

function keeper(form) {
  const address = form.dataset.keep;
  const told = form.querySelector("[data-unkept]");
  let timer = 0;
  let waits = false;
  let isSending = false;

  async function send() {
    try {
      // A session that has ended leads to the sign-in page: that is not kept.
      const answer = await fetch(address, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (answer.ok) {
        told.textContent = await answer.text();
        return true;
      }
    } catch {
      // No network: told below, and tried again.
    }
    told.textContent = told.dataset.unkept;
    return false;
  }

  // One at a time, so that an older text never comes after a newer.
  async function keep() {
    if (isSending) return;
    isSending = true;
    while (waits) {
      waits = false;
      if (!(await send())) {
        waits = true;
        clearTimeout(timer);
        timer = setTimeout(keep, AGAIN);
        break;
      }
    }
    isSending = false;
  }

  function changed() {
    waits = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    waits = false;
    clearTimeout(timer);
  });
  addEventListener("pagehide", () => {
    if (waits) navigator.sendBeacon(address, new FormData(form));
  });
}

document.querySelectorAll("form[data-keep]").forEach(keeper);
