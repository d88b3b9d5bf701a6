// The wizard as a React component. React comes as two scripts here; with a bundler, import it.

const { createElement: h, useEffect, useRef, useState } = globalThis.React;
const HELP = "https://help.example.com";

function HelpWithCode({ facts, onHandOff }) {
  const wizard = useRef(null);
  useEffect(() => {
    wizard.current.context = facts;
  }, [facts]);
  useEffect(() => {
    const { current } = wizard;
    const listen = ({ detail }) => onHandOff(detail.code);
    current.addEventListener("helpdesk:hand-off", listen);
    return () => current.removeEventListener("helpdesk:hand-off", listen);
  }, [onHandOff]);
  return h("helpdesk-wizard", { ref: wizard, dialog: "" }, h("a", { href: `${HELP}/wizard/` }, "Didn't get your code?"));
}

function SignIn() {
  const [attempts, setAttempts] = useState(0);
  const [code, setCode] = useState("");
  const facts = { attempts, channel: "sms" };
  return h("main", null,
    h("h1", null, "Sign in"),
    h("button", { onClick: () => setAttempts(attempts + 1) }, "Send a code"),
    h("p", { role: "status" }, attempts ? "We sent a text message." : ""),
    h(HelpWithCode, { facts, onHandOff: setCode }),
    code && h("p", null, "Support has your case as ", h("output", null, code)));
}

globalThis.ReactDOM.createRoot(document.getElementById("app")).render(h(SignIn));
