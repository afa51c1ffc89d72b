-- A token may stand for a person, and a request remembers the person behind whoever asked: requester and approver are compared as people,
-- whether they came by a session or by a token.

-- AlterTable
ALTER TABLE "api_token" ADD COLUMN     "person_id" INTEGER;

-- AlterTable
ALTER TABLE "acceptance_request" ADD COLUMN     "person_id" INTEGER;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_environment_id_person_id_fkey" FOREIGN KEY ("environment_id", "person_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acceptance_request" ADD CONSTRAINT "acceptance_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What people asked for in the browser is signed by their e-mail.
UPDATE acceptance_request r SET person_id = p.id FROM person p WHERE r.actor_type = 'user' AND p.email = r.actor_id;
