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
    title: "The form",
    does: "Press Request beside a candidate. Choose an opportunity: prospect, amount, stage and close date fill in. Press Send.",
    place: { as: "U0RILEY", channel: "C0SALES" },
  },
  {
    title: "Casey approves",
    does: "Casey, the program champion, finds the card in the private channel and presses Approve. Its thread is the record.",
    place: { as: "U0CASEY", channel: "C0PROGRAM" },
  },
  {
    title: "The owner agrees",
    does: "Who looks after that customer is asked first: Sam, or for other accounts Noor. Press Yes in RefBot's message.",
    place: { as: "U0SAM", channel: "refbot" },
  },
  {
    title: "Time passes",
    does: "Ten seconds later Riley has the contact and a brief. Let it lie: skip ahead 1 week, and RefBot reminds on working days.",
    place: { as: "U0RILEY", channel: "refbot" },
  },
  {
    title: "Riley introduces",
    does: "Press “I have introduced them”, or let RefBot send the draft: the e-mail is in the Mailbox, above.",
    place: { as: "U0RILEY", channel: "refbot" },
  },
  {
    title: "How did it go?",
    does: "After the call Riley presses “How did it go?”, reports, and thanks the reference, who then rests for 30 days.",
    place: { as: "U0RILEY", channel: "refbot" },
  },
  {
    title: "Casey's Home",
    does: "Casey's Home shows the open requests, the policy and the people. Riley's Home shows Riley's own requests.",
    place: { as: "U0CASEY", channel: "refbot", tab: "home" },
  },
  {
    title: "Rex asks",
    does: "Point at Rex's message in #sales: More actions, Find a reference. The form opens with what Rex is looking for.",
    place: { as: "U0RILEY", channel: "C0SALES" },
  },
  {
    title: "Gina may not",
    does: "Gina is a guest. Let her ask too, `/reference banking`: RefBot refuses, and says why.",
    place: { as: "U0GINA", channel: "C0SALES", draft: "/reference banking" },
  },
];
