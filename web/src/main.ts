import { mount } from 'svelte';
import App from './App.svelte';
import './style/tokens.css';
import './style/base.css';
import './style/controls.css';
import './style/parts.css';
import { applyTheme } from './lib/theme.svelte.ts';

applyTheme();
const target = document.getElementById('app');
if (target) mount(App, { target });
