/** What the browser's Python is put through, by whoever started it; the folder `inside` is on its path. */

/** What the diagnosis says, called from Python and, rightly and wrongly, from JavaScript; as text. */
export function exercise(pyodide) {
  const said = [pyodide.pyimport("exercise").exercise()];
  const wire = pyodide.pyimport("helpdesk.diagnosis.wire");
  for (const args of [["[]", "user"], ["[]"], [], [null], [{}], ["[]", 1], ["\ud800", "user"]]) {
    try {
      said.push(wire.turn(...args));
    } catch (error) {
      said.push(error.type, error.message.trim().split("\n").at(-1));
    }
  }
  return JSON.stringify(said);
}

/** All that plain Python might come to do besides; as text. */
export function breadth(pyodide) {
  return pyodide.pyimport("breadth").breadth({ a: [1] });
}
