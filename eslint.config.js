import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '**/.towpath/', 'coverage/', 'console/dist/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    ...regexp.configs['flat/recommended'],
    files: ['src/**', 'console/**', 'scripts/**'],
    rules: { ...regexp.configs['flat/recommended'].rules, 'regexp/no-super-linear-move': 'error' },
  },
  {
    rules: {
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
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',

        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
);
