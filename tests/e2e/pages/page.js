// Asks its own server for rows, plays them one after the other, and hands over what came of them with the next question.

const stranger = "http://localhost:3000/page.html";

async function fetched({ url, ...init }) {
  const response = await fetch(url, init);
  return {
    status: response.status,
    text: await response.text(),
    names: [...response.headers.keys()],
    redirected: response.redirected,
  };
}

function echoed({ socket }) {
  return new Promise((resolve, reject) => {
    const opened = new WebSocket(socket);
    opened.onopen = () => opened.send("echo me");
    opened.onmessage = ({ data }) => {
      resolve({ text: data });
      opened.close();
    };
    opened.onclose = () => reject(new TypeError("closed"));
  });
}

async function played(row) {
  try {
    return await (row.socket ? echoed(row) : fetched(row));
  } catch (error) {
    return { error: error.name };
  }
}

async function turn(results) {
  const answer = await fetch("/turn", { method: "POST", body: JSON.stringify(results) });
  return answer.json();
}

document.cookie = "sid=1; SameSite=Lax";
if (location.href !== stranger) {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.src = stranger;
}

let results = null;
for (;;) {
  const rows = await turn(results);
  results = [];
  for (const row of rows) results.push(await played(row));
}
