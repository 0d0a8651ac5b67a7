// Starts `postlint lsp` for posts and configs. All else is the language client of VS Code.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const command = vscode.workspace.getConfiguration("postlint").get("path") || "postlint";
  const run = { command, args: ["lsp"] };
  const languages = ["markdown", "mdx", "html", "yaml"];
  const documentSelector = languages.map((language) => ({ scheme: "file", language }));
  client = new LanguageClient("postlint", "postlint", run, { documentSelector });
  try {
    await client.start();
  } catch (error) {
    const answer = await vscode.window.showErrorMessage(
      `postlint: cannot run "${command}": ${error.message}`, "Open the setting"
    );
    if (answer) {
      vscode.commands.executeCommand("workbench.action.openSettings", "postlint.path");
    }
  }
}

async function stop() {
  const old = client;
  client = undefined;
  // A server that did not start cannot be stopped.
  await old?.stop().catch(() => {});
}

async function activate(context) {
  const restart = () => stop().then(start);
  context.subscriptions.push(
    vscode.commands.registerCommand("postlint.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("postlint") && restart())
  );
  await start();
}

module.exports = { activate, deactivate: stop };
