(() => {
  const form = document.querySelector("form");
  const box = document.getElementById("answer");
  const send = document.querySelector(".smm-send");
  const answer = () => JSON.stringify({
    smm_review: 1,
    workspace: form.dataset.workspace,
    log: form.dataset.log,
    name: form.elements.name.value,
    role: form.elements.role.value,
    answers: [...form.querySelectorAll("[data-draft]")].map((post) => ({
      draft: post.dataset.draft,
      account: post.dataset.account,
      fingerprint: post.dataset.fingerprint,
      planned: post.dataset.planned,
      decision: (post.querySelector("input:checked") || { value: "" }).value,
      comment: post.querySelector("textarea").value,
    })),
  }, null, 1);
  const show = () => { box.value = answer(); };
  const save = () => {
    if (!form.reportValidity()) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([answer()], { type: "application/json" }));
    link.download = send.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  send.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("save").addEventListener("click", save);
  box.addEventListener("focus", () => { show(); box.select(); });
  show();
})();
