-- How a person uses the keyboard: keys that differ from the defaults, letters on or off, going on after a decision.
ALTER TABLE "person" ADD COLUMN "keyboard" JSONB NOT NULL DEFAULT '{}',
ADD CONSTRAINT "person_keyboard_bounded" CHECK (jsonb_typeof(keyboard) = 'object' AND octet_length(keyboard::text) <= 20000);
