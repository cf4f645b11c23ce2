// Plays scenarios: asks the recorder for a turn, performs its requests, reports what JavaScript saw.
"use strict";
(() => {
  const failure = (error) => ({ name: error.name, message: error.message });
  const thrown = (error, at) => ({ kind: "request_throws", ...(at && { at }), error: failure(error) });
  const bytes = (text) => new TextEncoder().encode(text);

  const stream = (text) =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(bytes(text));
        controller.close();
      },
    });

  const form = (fields) => {
    const data = new FormData();
    for (const [name, value] of fields) data.append(name, value);
    return data;
  };

  const bodies = {
    text: (body) => body.value,
    urlsearchparams: (body) => new URLSearchParams(body.value),
    formdata: (body) => form(body.fields),
    blob: (body) => ("mime" in body ? new Blob([body.value], { type: body.mime }) : new Blob([body.value])),
    typedarray: (body) => bytes(body.value),
    arraybuffer: (body) => bytes(body.value).buffer,
    stream: (body) => stream(body.value),
  };
  const make = (body) => (body ? bodies[body.type](body) : null);

  // fetch

  const optional = { cache: "cache", referrer_policy: "referrerPolicy", keepalive: "keepalive" };

  const initOf = (spec) => {
    const init = {};
    for (const key of ["method", "mode", "credentials", "redirect", "headers"]) {
      if (spec[key] !== undefined) init[key] = spec[key];
    }
    for (const [key, member] of Object.entries(optional)) if (key in spec) init[member] = spec[key];
    if (spec.body) init.body = make(spec.body);
    if (spec.body && spec.body.type === "stream") init.duplex = "half";
    if (spec.aborted) {
      const controller = new AbortController();
      controller.abort();
      init.signal = controller.signal;
    }
    return init;
  };

  const requestOf = ({ method, mode, credentials, redirect, headers }) => ({
    method,
    mode,
    credentials,
    redirect,
    headers: [...headers],
  });

  const responseOf = async (response, request) => {
    const { type, status, redirected, url } = response;
    const seen = { kind: "response", type, status, redirected, url, headers: [...response.headers], request };
    seen.body_null = response.body === null;
    try {
      seen.body = await response.text();
    } catch (error) {
      seen.body_error = failure(error);
    }
    return seen;
  };

  const playFetch = async (spec) => {
    let request;
    try {
      request = new Request(spec.url, initOf(spec));
    } catch (error) {
      return thrown(error);
    }
    const guarded = requestOf(request);
    let response;
    try {
      response = await fetch(request);
    } catch (error) {
      return { kind: "network_error", error: failure(error), request: guarded };
    }
    return responseOf(response, guarded);
  };

  // XMLHttpRequest

  const uploadEvents = ["loadstart", "progress", "abort", "error", "load", "timeout", "loadend"];

  const prepare = (xhr, spec) => {
    let at = "open";
    try {
      xhr.open(spec.method, spec.url, true);
      xhr.withCredentials = Boolean(spec.with_credentials);
      at = "setRequestHeader";
      for (const [name, value] of spec.headers || []) xhr.setRequestHeader(name, value);
    } catch (error) {
      return thrown(error, at);
    }
    return null;
  };

  const listen = (xhr, spec) => {
    const upload = [];
    const wanted = spec.upload_listener === true ? uploadEvents : spec.upload_listener || [];
    for (const name of wanted) {
      xhr.upload.addEventListener(name, () => {
        if (upload[upload.length - 1] !== name) upload.push(name);
      });
    }
    return upload;
  };

  const pairs = (block) =>
    block.split("\r\n").filter(Boolean).map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    });

  const answered = (xhr, events, upload_events) => ({
    kind: "response",
    type: "xhr",
    status: xhr.status,
    url: xhr.responseURL,
    headers: pairs(xhr.getAllResponseHeaders()),
    body: xhr.responseText,
    events,
    upload_events,
  });

  const playXhr = (spec) =>
    new Promise((done) => {
      const xhr = new XMLHttpRequest();
      const refused = prepare(xhr, spec);
      if (refused) return done(refused);
      const events = [];
      const upload = listen(xhr, spec);
      for (const name of ["load", "error", "abort", "timeout"]) xhr.addEventListener(name, () => events.push(name));
      xhr.addEventListener("loadend", () => {
        if (events.includes("load")) return done(answered(xhr, events, upload));
        done({ kind: "network_error", status: xhr.status, events, upload_events: upload });
      });
      try {
        xhr.send(make(spec.body));
      } catch (error) {
        done(thrown(error, "send"));
      }
    });

  // Elements

  const outcomeOf = (element, { attach, inspect }) =>
    new Promise((done) => {
      const finish = (outcome) => {
        element.remove();
        done(outcome);
      };
      element.addEventListener("load", () => finish({ kind: "element_load", ...(inspect && inspect(element)) }));
      element.addEventListener("error", () => finish({ kind: "element_error" }));
      attach();
    });

  const cors = (element, spec) => {
    if (spec.crossorigin !== null && spec.crossorigin !== undefined) {
      element.setAttribute("crossorigin", spec.crossorigin);
    }
    if (spec.referrer_policy) element.referrerPolicy = spec.referrer_policy;
    return element;
  };

  const scriptOf = (spec, type) => {
    const script = cors(document.createElement("script"), spec);
    if (type) script.type = type;
    script.src = spec.url;
    return outcomeOf(script, { attach: () => document.body.append(script) });
  };

  const pixels = (image) => {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    try {
      context.getImageData(0, 0, 1, 1);
      return { tainted: false };
    } catch {
      return { tainted: true };
    }
  };

  const playImage = (spec) => {
    const image = cors(new Image(), spec);
    return outcomeOf(image, { attach: () => (image.src = spec.url), inspect: pixels });
  };

  const rules = (link) => {
    try {
      return { rules: link.sheet.cssRules.length, tainted: false };
    } catch {
      return { tainted: true };
    }
  };

  const playStylesheet = (spec) => {
    const link = cors(document.createElement("link"), spec);
    link.rel = "stylesheet";
    link.href = spec.url;
    return outcomeOf(link, { attach: () => document.head.append(link), inspect: rules });
  };

  // The rest

  const playEventSource = (spec) =>
    new Promise((done) => {
      const source = new EventSource(spec.url, { withCredentials: Boolean(spec.with_credentials) });
      const finish = (outcome) => {
        source.close();
        done(outcome);
      };
      source.addEventListener("message", (event) => finish({ kind: "element_load", data: event.data }));
      source.addEventListener("error", () => finish({ kind: "element_error", ready_state: source.readyState }));
    });

  // A beacon reports nothing back: leave it the time that loopback needs, many times over.
  const BEACON_MS = 800;
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  const playBeacon = async (spec) => {
    let returned;
    try {
      returned = navigator.sendBeacon(spec.url, make(spec.body));
    } catch (error) {
      return thrown(error);
    }
    await wait(BEACON_MS);
    return { kind: "beacon", returned };
  };

  const apis = {
    fetch: playFetch,
    xhr: playXhr,
    script: (spec) => scriptOf(spec, ""),
    module: (spec) => scriptOf(spec, "module"),
    img: playImage,
    stylesheet: playStylesheet,
    eventsource: playEventSource,
    beacon: playBeacon,
  };
  const perform = (spec) => apis[spec.api](spec);

  // Contexts: the page itself, or a sandboxed frame in it with an opaque origin.

  let frame = null;
  const said = () => new Promise((done) => addEventListener("message", ({ data }) => done(data), { once: true }));

  const sandbox = async () => {
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.src = "/frame.html";
    const ready = said();
    document.body.append(frame);
    await ready;
  };

  const performInFrame = async (spec) => {
    if (!frame) await sandbox();
    const outcome = said();
    frame.contentWindow.postMessage(spec, "*");
    return outcome;
  };

  const play = async (scenario) => {
    const act = scenario.client.context === "sandboxed" ? performInFrame : perform;
    if (scenario.request) return act(scenario.request);
    const steps = [];
    for (const spec of scenario.sequence) {
      if (steps.length) await fetch("/step", { method: "POST" });
      if (spec.delay_before_ms) await wait(spec.delay_before_ms);
      steps.push(await act(spec));
    }
    return { kind: "sequence", steps };
  };

  const attempt = async (scenario) => {
    console.log(`record:begin:${scenario.id}`);
    const outcome = await play(scenario);
    await wait(0);
    console.log(`record:end:${scenario.id}`);
    return outcome;
  };

  const turns = async () => {
    let result = null;
    for (;;) {
      const answer = await fetch("/turn", { method: "POST", body: JSON.stringify(result) });
      const job = await answer.json();
      if (job.go) return location.replace(job.go);
      result = await attempt(job.play);
    }
  };

  const serveParent = () => {
    addEventListener("message", async ({ data }) => parent.postMessage(await perform(data), "*"));
    parent.postMessage("ready", "*");
  };

  addEventListener("load", location.pathname === "/frame.html" ? serveParent : turns);
})();
