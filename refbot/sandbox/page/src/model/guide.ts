import type { Place } from "./location";

export interface GuideStep {
  title: string;
  /** What to do, in a sentence or two. */
  does: string;
  place: Partial<Place> & Pick<Place, "as" | "channel">;
}

/** The story of one request, step by step; each opens the right person's right channel. */
export const STEPS: GuideStep[] = [
  {
    title: "Riley asks",
    does: "Riley, a sales rep, needs a customer who vouches. In #sales type `/reference healthcare product-A director`: only Riley sees the answer.",
    place: { as: "U0RILEY", channel: "C0SALES", draft: "/reference healthcare product-A director" },
  },
  {
    title: "Fill in the form",
    does: "Press Request beside a candidate, name the prospect, the opportunity and the amount, and submit.",
    place: { as: "U0RILEY", channel: "C0SALES" },
  },
  {
    title: "Casey approves",
    does: "Casey, the program champion, finds the card in the private channel. Open its thread and press Approve.",
    place: { as: "U0CASEY", channel: "C0PROGRAM" },
  },
  {
    title: "Sam agrees",
    does: "Where the policy wants it, the account owner is asked first. Sam answers RefBot's message with yes.",
    place: { as: "U0SAM", channel: "refbot" },
  },
  {
    title: "Riley introduces",
    does: "Riley gets the contact, a brief and a draft introduction, and presses “I have introduced them”.",
    place: { as: "U0RILEY", channel: "refbot" },
  },
  {
    title: "Time passes",
    does: "Skip ahead 1 day, above. Whoever lets something lie gets a nudge; after three it goes to the champion.",
    place: { as: "U0RILEY", channel: "refbot" },
  },
  {
    title: "How did it go?",
    does: "After the call Riley presses “How did it go?”, reports, and thanks the reference, who then rests for 30 days.",
    place: { as: "U0RILEY", channel: "refbot" },
  },
  {
    title: "Casey's Home",
    does: "The champion's Home shows the queue, the pool and the policy. Riley's Home shows Riley's own requests.",
    place: { as: "U0CASEY", channel: "refbot", tab: "home" },
  },
  {
    title: "Gina may not",
    does: "Gina is a guest. Let her ask too, `/reference banking`: RefBot refuses, and says why.",
    place: { as: "U0GINA", channel: "C0SALES", draft: "/reference banking" },
  },
];
