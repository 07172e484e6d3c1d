const search = document.getElementById("search");
const known = [...document.querySelectorAll("[data-words]")];
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const one of known) one.hidden = !words.every((word) => one.dataset.words.includes(word));
  for (const section of document.querySelectorAll("nav section:not(.behind)"))
    section.hidden = !section.querySelector("li:not([hidden])");
});
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  const name = search.value.trim();
  const found = known.find((one) => one.dataset.name === name) || known.find((one) => !one.hidden);
  if (found) location.hash = found.dataset.name;
});
