// Reads {"id", "schema"} from each line of standard input and writes {"id", "error"}: what Prisma's own
// validator says, or null where it accepts. One process judges many schemas; it needs no network.
import prisma from "@prisma/prisma-schema-wasm";
import readline from "node:readline";

function verdict(schema) {
  try {
    prisma.validate(JSON.stringify({ prismaSchema: [["schema.prisma", schema]], noColor: true }));
    return null;
  } catch (error) {
    return String(error.message ?? error);
  }
}

for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { id, schema } = JSON.parse(line);
  process.stdout.write(JSON.stringify({ id, error: verdict(schema) }) + "\n");
}
