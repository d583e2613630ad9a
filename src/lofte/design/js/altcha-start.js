// The workers are files of our own: the content security policy allows no workers made from text.
import "./altcha.min.js";
import "./altcha-sv.js";

const worker = (name) => () => new Worker(new URL(`./${name}`, import.meta.url));

for (const size of ["256", "384", "512"]) {
  globalThis.$altcha.algorithms.set(`PBKDF2/SHA-${size}`, worker("altcha-pbkdf2.js"));
  globalThis.$altcha.algorithms.set(`SHA-${size}`, worker("altcha-sha.js"));
}
