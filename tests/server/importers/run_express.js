// One request to the cors package of Express: JSON in, JSON out.
const cors = require(process.argv[2]);
const asked = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));

function revived(value) {
  if (Array.isArray(value)) return value.map(revived);
  if (value && typeof value === 'object' && value.regex) return new RegExp(value.regex);
  return value;
}

const options = { ...asked.options };
if ('origin' in options) options.origin = revived(options.origin);

const names = Object.fromEntries(asked.headers.map(([name, value]) => [name.toLowerCase(), value]));
const headers = {};
let status = 200;
const response = {
  getHeader: (name) => headers[name.toLowerCase()],
  setHeader: (name, value) => { headers[name.toLowerCase()] = value; },
  set statusCode(value) { status = value; },
  end: () => done(),
};
function done() {
  const found = Object.entries(headers).filter(([, value]) => value !== false);
  process.stdout.write(JSON.stringify({ status, headers: found }));
}
cors(options)({ method: asked.method, headers: names }, response, done);
