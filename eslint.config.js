import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// check:lint keeps what it found, file by file, by the file's own text: what a type that changed does to files that did
// not is seen by the next whole look, `npx eslint .`, which takes some minutes.
export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '**/.towpath/', 'coverage/', 'console/dist/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    ...regexp.configs['flat/recommended'],
    files: ['src/**', 'console/**', 'scripts/**'],
    rules: { ...regexp.configs['flat/recommended'].rules, 'regexp/no-super-linear-move': 'error' },
  },
  {
    rules: {
      // A number reads in a template as it is written.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => resolve()` in braces would be three lines for one callback in a hundred places, and say no more; a call
      // that gives nothing is still refused as a value, and after `return`.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Each part of the program adds its codes to those that an error may have.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      'max-lines': ['error', { max: 500 }],
      'no-control-regex': 'off',
      eqeqeq: 'error',
    },
  },
  {
    ignores: ['src/core/deadline.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          "MemberExpression[object.name='AbortSignal']",
          "MemberExpression[object.property.name='AbortSignal']",
        ]
          .flatMap((of) => [
            `${of}[property.name=/^(any|timeout)$/]`,
            `${of}[property.value=/^(any|timeout)$/]`,
          ])
          .concat("VariableDeclarator[init.name='AbortSignal'][id.type='ObjectPattern']")
          .map((selector) => ({
            selector,
            message:
              'On Node.js 20 such a signal may never abort once the garbage collector has run: use core/deadline.ts.',
          })),
      ],
    },
  },
  {
    files: ['console/src/**/*.test.ts'],
    languageOptions: { parserOptions: { projectService: false, project: 'console/testing/tsconfig.json' } },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      parserOptions: { projectService: false, project: 'tsconfig.scripts.json' },
      globals: {
        process: 'readonly',
        console: 'readonly',

        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
    rules: {
      // Parameters of plain JavaScript have no types, so that these would refuse nearly every line; what is known of
      // promises, of the language's own objects and of what dist/ gives is held against all the other rules.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': ['error', { allowAny: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowAny: true, allowNumber: true }],
    },
  },
);
