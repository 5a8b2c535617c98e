// A button beside each thing to type, for browsers that run this; without it the text is there to be copied by hand.
"use strict";
for (const code of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copier";
  const of = code.closest("tr")?.querySelector("th")?.textContent.trim() || "le code";
  button.setAttribute("aria-label", `Copier : ${of}`);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "meta";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.dataset.copy);
      said.textContent = " Copié.";
    } catch {
      said.textContent = " Le navigateur refuse de copier : sélectionnez le texte.";
    }
  });
  code.after(" ", button, said);
}
