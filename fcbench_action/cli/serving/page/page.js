"use strict";
// Text of the model and of the server's users gets into the page through textContent and value only.

const at = (id) => document.getElementById(id);
const METHODS = ["get", "post", "patch", "put", "delete"];
const FORMATS = {
  uuid: "00000000-0000-4000-8000-000000000000",
  "date-time": "2026-01-31T12:00:00.000Z",
  date: "2026-01-31",
  email: "ann@example.org",
  uri: "https://example.org/",
};
let documentation = { paths: {}, components: { schemas: {} } };
let chosen = null;

async function json(path) {
  const response = await fetch(path);
  return response.json();
}

// A small value that the schema may accept, for people to change.
function example(schema, levels) {
  if (schema.$ref) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
    return example(documentation.components.schemas[name] || {}, levels - 1);
  }
  if ("const" in schema) return schema.const;
  if (schema.oneOf) return example(schema.oneOf[0], levels - 1);
  if (schema.type === "object") {
    const made = {};
    if (levels < 0) return made;
    for (const name of schema.required || []) made[name] = example(schema.properties[name], levels - 1);
    return made;
  }
  if (schema.type === "array") return schema.minItems && levels > 0 ? [example(schema.items, levels - 1)] : [];
  if (schema.type === "string") return FORMATS[schema.format] || "text".repeat(Math.ceil((schema.minLength || 1) / 4));
  if (schema.type === "integer" || schema.type === "number") return schema.minimum || 0;
  return schema.type === "boolean" ? false : null;
}

function choose(operation, button) {
  chosen = operation;
  for (const other of document.querySelectorAll("nav button")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  at("operation").hidden = false;
  at("name").textContent = operation.label;
  at("description").textContent = operation.node.description || "";
  at("parameters").replaceChildren(...(operation.node.parameters || []).map(parameterField));
  const body = operation.node.requestBody;
  at("body-field").hidden = !body;
  at("body").value = body ? JSON.stringify(example(body.content["application/json"].schema, 8), null, 2) : "";
  show("", "");
}

function parameterField(parameter) {
  const field = document.createElement("p");
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.name = parameter.name;
  input.required = true;
  input.size = 40;
  label.append(document.createTextNode(`${parameter.name} `), input);
  field.append(label);
  return field;
}

function show(status, text) {
  at("status").textContent = status;
  at("answer").textContent = text;
  at("tokens").replaceChildren();
}

async function send(event) {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(at("form")));
  const path = chosen.path.replace(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(values[name] || ""));
  const headers = {};
  if (at("token").value) headers.Authorization = `Bearer ${at("token").value}`;
  const request = { method: chosen.method.toUpperCase(), headers };
  if (chosen.node.requestBody) {
    headers["Content-Type"] = "application/json";
    request.body = at("body").value;
  }
  try {
    const response = await fetch(path, request);
    const text = await response.text();
    const value = text ? JSON.parse(text) : null;
    show(`${response.status} ${response.statusText}`, text ? JSON.stringify(value, null, 2) : "");
    at("tokens").replaceChildren(...tokens(value).map(tokenButton));
  } catch (error) {
    show("No answer", String(error));
  }
}

// What looks like a token that the server issued, with the name it goes by.
function tokens(value, name = "") {
  if (typeof value === "string") return /^[\w-]{43}$/.test(value) ? [{ name, value }] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => tokens(inner, name ? `${name}.${key}` : key));
}

function tokenButton(token) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `Sign in with ${token.name}`;
  button.addEventListener("click", () => { at("token").value = token.value; });
  return button;
}

function entry(operation, realized) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = operation.label;
  button.title = operation.node.summary || "";
  if (!realized.has(`${operation.method} ${operation.path}`)) {
    button.classList.add("absent");
    button.title = "not realized";
  }
  button.addEventListener("click", () => choose(operation, button));
  item.append(button);
  return item;
}

function filter() {
  const words = at("find").value.toLowerCase();
  for (const item of at("operations").children) item.hidden = !item.textContent.toLowerCase().includes(words);
}

async function start() {
  documentation = await json("/openapi.json");
  const realized = new Set(await json("/-/realized.json"));
  document.title = documentation.info.title;
  at("title").textContent = documentation.info.title;
  const operations = Object.entries(documentation.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => methods[method]).map((method) => (
      { path, method, node: methods[method], label: `${method.toUpperCase()} ${path}` })));
  at("operations").replaceChildren(...operations.map((operation) => entry(operation, realized)));
  at("form").addEventListener("submit", send);
  at("find").addEventListener("input", filter);
  at("forget").addEventListener("click", () => { at("token").value = ""; });
}

start().catch((error) => show("The page cannot start", String(error)));
