/**
 * Texts for signing in with the organisation's account.
 * @module
 */
export const texts = {
  heading: "Sign in",
  explained: "With your organisation’s account. You need no client ID and no secret.",
  submit: "Sign in",
  checking: "Signing in with Excel’s account…",
  asking: "Go on in the window that opens.",
  cancel: "Cancel",
  cancelled: "The sign-in was cancelled.",
  contact: (contact: string) => `No access? Ask ${contact}.`,
  typed: "Or connect with credentials of your own",
  signedIn: (name: string) => `Signed in as ${name}.`,

  account: {
    heading: (name: string) => `Signed in as ${name}`,
    unnamed: "somebody without a name",
    roles: (roles: readonly string[]) =>
      `${roles.length === 1 ? "Your role" : "Your roles"}: ${roles.join(", ")}. ${roles.length === 1 ? "It opens" : "They open"} the connections of your organisation below.`,
    contact: (contact: string) => `Is one missing? Ask ${contact}, then sign in again.`,
    again: "Sign in again",
    signOut: "Sign out",
    signOutMeaning: "Signing out counts for all your workbooks on this computer. Values in cells stay.",
    signedOut: "Signed out. The values in your cells stay as they are.",
    signedOutHereOnly:
      "Signed out on this computer. The KAL service could not be told; the sign-in ends there within the hour.",
  },
};
