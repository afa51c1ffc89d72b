-- A token has scopes beside its role, and may name where it is taken from. Those that were made before keep all scopes, and are taken from anywhere.

-- CreateEnum
CREATE TYPE "token_scope" AS ENUM ('read', 'decide', 'import', 'tickets', 'manage');

-- AlterTable
ALTER TABLE "api_token" ADD COLUMN     "addresses" TEXT[],
ADD COLUMN     "scopes" "token_scope"[];

UPDATE api_token SET scopes = '{read,decide,import,tickets,manage}', addresses = '{}';

ALTER TABLE api_token ALTER COLUMN scopes SET NOT NULL, ALTER COLUMN addresses SET NOT NULL,
  ADD CONSTRAINT api_token_scopes CHECK (cardinality(scopes) BETWEEN 1 AND 5),
  ADD CONSTRAINT api_token_addresses CHECK (cardinality(addresses) <= 20);
