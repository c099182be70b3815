/**
 * The builds: the add-in's pages for Excel's web view, the programs for Node, and apart from both the workbench.
 */
import { createRequire } from "node:module";
import path from "node:path";
import CopyPlugin from "copy-webpack-plugin";
import CustomFunctionsMetadataPlugin from "custom-functions-metadata-plugin";
import { EsbuildPlugin } from "esbuild-loader";
import MiniCssExtractPlugin from "mini-css-extract-plugin";
import webpack from "webpack";

const root = import.meta.dirname;
const { version } = createRequire(import.meta.url)("./package.json");
const functionsFile = "./src/addin/functions/functions.ts";

/** Web views of every Excel that has the shared runtime, and Node 20, know all of ES2022. */
const target = "es2022";

const versionPlugin = new webpack.DefinePlugin({ KAL_VERSION: JSON.stringify(version) });

const common = {
  context: root,
  devtool: "source-map",
  resolve: { extensions: [".ts", ".js"] },
  module: {
    rules: [{ test: /\.ts$/, exclude: /node_modules/, loader: "esbuild-loader", options: { target } }],
  },
  optimization: { minimizer: [new EsbuildPlugin({ target, css: true })] },
  performance: { hints: false },
};

const styles = { test: /\.css$/, use: [MiniCssExtractPlugin.loader, "css-loader"] };

/** Packages stay what npm installed: only our own sources are put together. */
const packagesOutside = {
  externalsType: "module",
  externals: [
    ({ request }, decided) =>
      /^[./]/.test(request) || path.isAbsolute(request) ? decided() : decided(null, `module ${request}`),
  ],
};

const addin = {
  ...common,
  name: "addin",
  target: ["web", target],
  // The page goes first: it has something to say even where office.js is missing and functions cannot be registered.
  entry: { functions: ["./src/addin/page/page.ts", functionsFile] },
  output: {
    path: path.join(root, "dist/addin"),
    publicPath: "/",
    // The manifest names functions.js, so its name is fixed; what it loads later is named by its content.
    filename: "[name].js",
    chunkFilename: "chunks/[name].[contenthash:16].js",
    clean: { keep: /^sign-in\// },
  },
  module: {
    rules: [...common.module.rules, styles],
  },
  // Every analyst loads it, so it takes webpack's own minimizer: esbuild leaves what nobody uses of a package inside
  // a module, 9 kB of the pane's first view. Pages stay as they were written.
  optimization: {
    // Who signs in needs both, so Microsoft's library is in the chunk that signs in.
    splitChunks: { cacheGroups: { defaultVendors: { test: /node_modules[\\/](?!@azure)/ } } },
    minimizer: ["...", new EsbuildPlugin({ target, css: true, include: /\.css$/ })],
    minimizeOptions: { html: false },
  },
  plugins: [
    versionPlugin,
    new CustomFunctionsMetadataPlugin({ output: "functions.json", input: functionsFile }),
    new MiniCssExtractPlugin({
      filename: "chunks/[name].[contenthash:16].css",
      chunkFilename: "chunks/[name].[contenthash:16].css",
    }),
    new CopyPlugin({
      patterns: [
        { from: "assets/*.png", to: "assets/[name][ext]" },
        { from: "src/addin/taskpane/taskpane.html" },
        { from: "src/addin/commands/shortcuts.json" },
        { from: "src/addin/help", to: "help" },
      ],
    }),
  ],
};

/** The dialog that signs analysts in, apart from the functions: what they share would make functions.js larger. */
const addinSignIn = {
  ...common,
  name: "addin-sign-in",
  target: ["web", target],
  entry: { dialog: "./src/addin/sign-in/page/dialog.ts", redirect: "./src/addin/sign-in/page/redirect.ts" },
  output: { path: path.join(root, "dist/addin/sign-in"), filename: "[name].js", clean: true },
  plugins: [
    versionPlugin,
    new CopyPlugin({ patterns: [{ from: "src/addin/sign-in/page/*.{html,css}", to: "[name][ext]" }] }),
  ],
};

/**
 * A program for Node. Its source maps lie outside its folder: a debugger finds them, and what is deployed holds none.
 * @param {string} folder in dist/
 * @param {Record<string, string>} entry
 */
const nodeProgram = (folder, entry) => ({
  ...common,
  ...packagesOutside,
  name: folder.replace("/", "-"),
  target: "node20.19",
  entry,
  experiments: { outputModule: true },
  output: {
    path: path.join(root, "dist", folder),
    filename: "[name].js",
    sourceMapFilename: `${path.relative(folder, "maps")}/${folder}/[file].map`,
    chunkFormat: "module",
    library: { type: "module" },
    module: true,
    clean: true,
  },
  plugins: [versionPlugin],
});

const service = nodeProgram("service", {
  gateway: "./src/gateway/main.ts",
  program: "./src/gateway/program.ts",
  kal: "./src/gateway/command/kal.ts",
});

/** What `npm start` puts beside the service, and the formula command: never deployed. */
const local = nodeProgram("local", {
  simulator: "./src/simulator/simulator.ts",
  "sign-in": "./src/simulator/sign-in/sign-in-provider.ts",
  formula: "./src/workbench/formula/run-formula.ts",
});

/**
 * The spreadsheet around the add-in. Most of it is Univer, as one module whose outermost functions are not wrapped in
 * another: the browser compiles them while they load, beside the page's thread, and once instead of twice.
 */
const workbench = {
  ...common,
  name: "workbench",
  target: ["web", target],
  // Univer alone would bring 20 MB of maps.
  devtool: false,
  entry: {
    beginnings: "./src/workbench/page/beginnings.ts",
    workbench: "./src/workbench/page/main.ts",
  },
  experiments: { outputModule: true },
  // The same in both scripts: it must run once.
  externalsType: "module",
  externals: { "./beginnings.ts": "./beginnings.js" },
  output: {
    path: path.join(root, "dist/workbench/page"),
    publicPath: "/workbench/",
    filename: "[name].js",
    chunkFilename: "chunks/[name].[contenthash:16].js",
    module: true,
    library: { type: "module" },
    clean: { keep: "bridge.js" },
  },
  module: { rules: [...common.module.rules, styles] },
  optimization: {
    // Left to itself it would wrap everything in a function again.
    minimizer: [new EsbuildPlugin({ target, css: true, format: undefined })],
    splitChunks: false,
  },
  plugins: [
    new CopyPlugin({ patterns: [{ from: "src/workbench/page/workbench.html" }, { from: "manifest.xml" }] }),
    new MiniCssExtractPlugin({ filename: "[name].css" }),
  ],
};

/** The script in the add-in's page: an ordinary one, before office.js. */
const workbenchBridge = {
  ...common,
  name: "workbench-bridge",
  target: ["web", target],
  devtool: false,
  entry: { bridge: "./src/workbench/page/frame/bridge.ts" },
  output: { path: workbench.output.path, filename: "[name].js" },
};

const workbenchServer = nodeProgram("workbench/server", {
  server: "./src/workbench/server/workbench-server.ts",
});

export default [addin, addinSignIn, service, local, workbench, workbenchBridge, workbenchServer];
