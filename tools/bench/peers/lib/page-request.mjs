// What the page's own script would do: make one request with the window's interfaces and say what it could read.

const BODY_MAKERS = {
  text: (window, body) => body.value,
  blob: (window, body) => new window.Blob([body.value], body.mime === undefined ? {} : { type: body.mime }),
  urlsearchparams: (window, body) => new window.URLSearchParams(body.value),
  arraybuffer: (window, body) => new TextEncoder().encode(body.value).buffer,
  typedarray: (window, body) => new TextEncoder().encode(body.value),
  formdata(window, body) {
    const form = new window.FormData();
    body.fields.forEach(([name, value]) => form.append(name, value));
    return form;
  },
  stream: (window, body) =>
    new window.ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body.value));
        controller.close();
      },
    }),
};

const makeBody = (window, body) => (body ? BODY_MAKERS[body.type](window, body) : undefined);

const sortedHeaders = (pairs) => pairs.map(([n, v]) => [n.toLowerCase(), v]).sort(([a], [b]) => (a < b ? -1 : 1));

function fetchInit(window, request) {
  const init = { method: request.method, mode: request.mode, credentials: request.credentials };
  Object.assign(init, { redirect: request.redirect, headers: request.headers });
  if (request.referrer_policy !== undefined) init.referrerPolicy = request.referrer_policy;
  if (request.cache !== undefined) init.cache = request.cache;
  if (request.body) init.body = makeBody(window, request.body);
  if (request.body?.type === "stream") init.duplex = "half";
  if (request.aborted) {
    const controller = new window.AbortController();
    controller.abort();
    init.signal = controller.signal;
  }
  return init;
}

async function byFetch(window, request) {
  let prepared;
  try {
    prepared = new window.Request(request.url, fetchInit(window, request));
  } catch {
    return { verdict: "request_throws" };
  }
  try {
    const response = await window.fetch(prepared);
    const { type, status } = response;
    const headers = sortedHeaders([...response.headers]);
    return { verdict: "response", type, status, headers, body: await response.text() };
  } catch {
    return { verdict: "network_error" };
  }
}

function parseHeaderLines(text) {
  const lines = text.split("\r\n").filter(Boolean);
  return lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
}

function byXhr(window, request) {
  return new Promise((resolve) => {
    const xhr = new window.XMLHttpRequest();
    xhr.addEventListener("load", () => {
      const headers = sortedHeaders(parseHeaderLines(xhr.getAllResponseHeaders()));
      resolve({ verdict: "response", type: "xhr", status: xhr.status, headers, body: xhr.responseText });
    });
    for (const failure of ["error", "abort", "timeout"]) {
      xhr.addEventListener(failure, () => resolve({ verdict: "network_error" }));
    }
    try {
      // Before open(), where both the standard and the peers take it into account.
      xhr.withCredentials = Boolean(request.with_credentials);
      xhr.open(request.method, request.url);
      request.headers.forEach(([name, value]) => xhr.setRequestHeader(name, value));
      if (request.upload_listener) xhr.upload.addEventListener("progress", () => {});
      xhr.send(makeBody(window, request.body) ?? null);
    } catch {
      resolve({ verdict: "request_throws" });
    }
  });
}

const MAKERS = { fetch: byFetch, xhr: byXhr };
const INTERFACES = { fetch: "fetch", xhr: "XMLHttpRequest" };

/** Whether the window has the interface that the request is made with. */
export function offersApi(window, api) {
  return api in INTERFACES && typeof window[INTERFACES[api]] === "function";
}

/** Makes the request in the window; always resolves, to a verdict. */
export function makeRequest(window, request) {
  return MAKERS[request.api](window, request);
}
