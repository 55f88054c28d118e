/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // `npm test` checks types; an installation need not have what the tests' types come from.
  typescript: { ignoreBuildErrors: true },
  // Loaded from node_modules: bundled, the database's 15 MB of WebAssembly would be published with the pages.
  serverExternalPackages: [
    '@electric-sql/pglite',
    'pglite-prisma-adapter',
    '@prisma/adapter-pg',
    '@prisma/client',
    'pg',
  ],
}
