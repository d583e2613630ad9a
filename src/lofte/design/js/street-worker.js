// Lets the page for street tables open without a network. What comes from the network always goes first.
const CACHE = "lofte-street";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(fresh(event.request));
});

async function fresh(request) {
  try {
    return await fetch(request);
  } catch (gone) {
    const kept = await caches.match(request, { cacheName: CACHE, ignoreVary: true });
    if (!kept) throw gone;
    return kept;
  }
}
