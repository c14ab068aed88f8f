const box = document.getElementById("search");
const found = document.getElementById("found");
box.hidden = false;
box.addEventListener("input", () => {
  const wanted = box.value.toLowerCase();
  let count = 0;
  for (const section of document.querySelectorAll("section")) {
    let any = false;
    for (const row of section.querySelectorAll("tbody tr")) {
      const hit = row.textContent.toLowerCase().includes(wanted);
      row.classList.toggle("miss", !hit);
      any ||= hit;
      count += hit;
    }
    section.classList.toggle("miss", !any);
  }
  found.textContent = wanted ? `${count} ${count === 1 ? "line" : "lines"}` : "";
});
