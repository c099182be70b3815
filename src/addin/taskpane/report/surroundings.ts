/**
 * Describes Excel and its web view for support, as lines of plain text: versions and settings. Nothing of the
 * workbook, no names of connections or people, no secrets.
 * @module
 */
import { claimedSets } from "./requirement-sets.ts";

/** Inserted by the build from package.json. */
declare const KAL_VERSION: string;

/** Office must be ready. */
export function surroundings(): string[] {
  const { diagnostics, requirements, displayLanguage, contentLanguage } = Office.context;
  // Excel on the web may leave the theme undefined (office-js 6134).
  const theme = Office.context.officeTheme as Partial<Office.OfficeTheme> | undefined;
  return [
    `Add-in: ${KAL_VERSION}`,
    `Excel: ${diagnostics ? `${diagnostics.host} ${diagnostics.platform} ${diagnostics.version}` : "none"}`,
    `Web view: ${navigator.userAgent}`,
    `Languages: Excel ${displayLanguage}, document ${contentLanguage}, web view ${navigator.language}`,
    `Theme: dark ${theme?.isDarkTheme ?? "not told"}, background ${theme?.bodyBackgroundColor ?? "not told"}`,
    `Minutes ahead of UTC: ${-new Date().getTimezoneOffset()}`,
    ...claimedSets((name, version) => requirements?.isSetSupported(name, version) ?? false),
  ];
}

/** The complete report, for somebody who tests the add-in in a real Excel (docs/try-in-excel.md). */
export function reportText(now = new Date()): string {
  return [`KAL report of the pane, ${now.toISOString()}`, ...surroundings(), ""].join("\n");
}
