const box = document.getElementById("search");
box.hidden = false;
box.addEventListener("input", () => {
  const wanted = box.value.toLowerCase();
  for (const row of document.querySelectorAll(".page tbody tr"))
    row.classList.toggle("miss", wanted !== "" && !row.textContent.toLowerCase().includes(wanted));
});
