// What a sign-in page knows about its codes, handed in to the wizard.

const LIMIT = 3;
const wizard = document.querySelector("helpdesk-wizard");
const status = document.querySelector("[role=status]");
const sent = [];

function hand() {
  const now = Date.now();
  const hour = sent.filter((time) => now - time < 3_600_000);
  wizard.context = {
    "attempts": hour.length,
    "channel": "sms",
    "number": "+65 •••• 4747",
    "country": "sg",
    ...(hour.length && { "seconds-since-send": Math.floor((now - hour.at(-1)) / 1000) }),
    ...(hour.length >= LIMIT && { "resend-in": Math.ceil((hour.at(-LIMIT) + 3_600_000 - now) / 1000) }),
  };
}

document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  sent.push(Date.now());
  status.textContent = "We sent a text message.";
});
// In the capture phase, so that the facts are of the moment when the wizard opens.
wizard.addEventListener("click", hand, { capture: true });

wizard.addEventListener("helpdesk:solved", () => document.querySelector("input").focus());
wizard.addEventListener("helpdesk:hand-off", ({ detail }) => {
  document.querySelector("output").value = detail.code;
  document.querySelector(".ticket").hidden = !detail.code;
});
