// Serves code that takes Node's request and response: node serve_node.mjs FILE PORT
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [file, port] = process.argv.slice(2);
const { api } = await import(pathToFileURL(file).href);
createServer(api).listen(Number(port), '127.0.0.1');
