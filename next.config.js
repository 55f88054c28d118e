/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // `npm test` checks types; an installation need not have what the tests' types come from.
  typescript: { ignoreBuildErrors: true },
  // Without this a lock file in any folder above would make that folder the project.
  turbopack: { root: import.meta.dirname },
  // No page uses the image optimizer; an endpoint less that fetches what it is told to.
  images: { unoptimized: true },
  // Loaded from node_modules: bundled, the database's 15 MB of WebAssembly would be published with the pages.
  serverExternalPackages: [
    '@electric-sql/pglite',
    'pglite-prisma-adapter',
    '@prisma/adapter-pg',
    '@prisma/client',
    'pg',
  ],
}
