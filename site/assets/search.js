"use strict";
// A query that was typed while the theme still loaded its index is lost now and then: the field has a text and the
// list asks to type one. Then the text is typed again. The theme looks at keyup only, and at values that changed.
(() => {
  const config = document.getElementById("__config");
  const input = document.querySelector(".md-search__input");
  const said = document.querySelector(".md-search-result__meta");
  if (config === null || input === null || said === null) return;
  const idle = JSON.parse(config.textContent).translations["search.result.placeholder"];
  const WAIT = 400;
  const TRIES = 25;
  let timer;
  const enter = (text) => {
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  };
  const look = (tries) => {
    const text = input.value;
    if (text.trim() === "" || tries === 0) return;
    if (said.textContent.trim() === idle) {
      const place = [input.selectionStart, input.selectionEnd];
      enter("");
      enter(text);
      input.setSelectionRange(...place);
    }
    timer = setTimeout(look, WAIT, tries - 1);
  };
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT, TRIES);
  };
  input.addEventListener("input", begin);
  begin();
})();
