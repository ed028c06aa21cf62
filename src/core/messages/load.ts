import { useTexts } from './catalogue.ts';
import { messageTable } from './table.ts';

// For its effect: imported by each program that speaks to people.
useTexts(messageTable);
