/**
 * Lint: the compiler's strictness goes first; this adds the rules that need a second look, and who may import whom.
 */
import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Part of the product -> the parts that it may not import. */
const forbidden = {
  kalibrate: ["excel", "gateway", "addin", "simulator", "workbench"],
  excel: ["kalibrate", "gateway", "addin", "simulator", "workbench"],
  gateway: ["excel", "addin", "simulator", "workbench"],
  addin: ["gateway", "simulator", "workbench"],
  simulator: ["excel", "gateway", "addin", "workbench"],
  workbench: ["gateway", "addin", "simulator"],
};

const boundaries = Object.entries(forbidden).map(([part, others]) => ({
  files: [`src/${part}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(src/)?(${others.join("|")})/`,
            message: `src/${part} may not import this part: see docs/architecture.md.`,
          },
          // The domain has no input or output of its own.
          ...(part === "kalibrate" ? [{ regex: "^node:", message: "src/kalibrate is pure." }] : []),
        ],
      },
    ],
  },
}));

/** Names that say too little, and what to write instead. */
const plainNames = [
  ["^(most|longest|largest|smallest|least)[A-Z]", "A limit is called max… or min…, with its unit."],
  [
    "^(one|goOn|hopping|nameless|inTurn|patient|sought|heal|heals|epoch|flight|takeOff|mistakes)$",
    "Write the noun or the standard term (CONTRIBUTING.md).",
  ],
];

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "coverage/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked],

    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // An aborted signal's reason is thrown on as it came.
      "@typescript-eslint/only-throw-error": "off",
      // Our objects come from functions and have no `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      // Tests and interfaces are often async for the sake of their type.
      "@typescript-eslint/require-await": "off",
      "max-lines": ["warn", { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["src/**/*.ts", "scripts/**/*.mjs", "bench/**/*.mjs"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...plainNames.map(([pattern, message]) => ({
          selector: `:matches(VariableDeclarator > .id, :function > .params, FunctionDeclaration > .id, TSPropertySignature > .key)[name=/${pattern}/]`,
          message,
        })),
      ],
    },
  },
  {
    // Microsoft's metadata generator reads plain types only, and Excel's own matrices are any[][].
    files: ["src/addin/functions/functions.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
  { files: ["**/*.js", "**/*.mjs"], languageOptions: { globals: globals.node } },
  {
    // The compiler is shown that a value is there.
    files: ["src/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "error" },
  },
  ...boundaries,
);
